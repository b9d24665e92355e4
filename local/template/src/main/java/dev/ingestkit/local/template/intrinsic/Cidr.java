package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Fn::Cidr} for IPv4: consecutive blocks of one size. */
final class Cidr {

    private static final int MAX_BLOCKS = 256;
    private static final int ADDRESS_BITS = 32;
    private static final Pattern BLOCK =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    private Cidr() {}

    static TemplateNode of(TemplateNode.Call call, Resolver resolver) {
        List<TemplateNode> arguments = Resolver.arguments(call, 2, 3);
        String block = resolver.text(arguments.get(0));
        int count = number(call, resolver.text(arguments.get(1)), MAX_BLOCKS);
        int bits = arguments.size() == 3 ? number(call, resolver.text(arguments.get(2)), ADDRESS_BITS) : 8;
        Matcher parts = BLOCK.matcher(block);
        if (!parts.matches()) {
            throw TemplateException.at(call.at(), "Fn::Cidr: '%s' is not a block of IPv4 addresses", block);
        }
        long address = 0;
        for (int i = 1; i <= 4; i++) {
            address = address * 256 + number(call, parts.group(i), 255);
        }
        List<TemplateNode> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long start = address + ((long) i << bits);
            blocks.add(TemplateNode.Scalar.text(
                    call.at(),
                    "%d.%d.%d.%d/%d"
                            .formatted(
                                    start >> 24 & 255,
                                    start >> 16 & 255,
                                    start >> 8 & 255,
                                    start & 255,
                                    ADDRESS_BITS - bits)));
        }
        return new TemplateNode.Sequence(call.at(), blocks);
    }

    private static int number(TemplateNode.Call call, String text, int maximum) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > maximum) {
            throw TemplateException.at(call.at(), "Fn::Cidr: '%s' is not a number up to %d", text, maximum);
        }
        return Integer.parseInt(text);
    }
}
