package dev.ingestkit.cli.option;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes in bytes: {@code 700}, {@code 512B}, {@code 4KB}, {@code 1MB}. A KB has 1,024 bytes. */
public final class SizeConverter implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})\\s?(|b|kb?|mb?)");

    @Override
    public Long convert(String value) {
        Matcher matcher = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("'%s' is not a size; use 700, 512B, 4KB or 1MB".formatted(value));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "k", "kb" -> amount * 1_024;
            case "m", "mb" -> amount * 1_048_576;
            default -> amount;
        };
    }
}
