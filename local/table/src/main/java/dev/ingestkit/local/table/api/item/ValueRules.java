package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.InvalidValue;
import dev.ingestkit.local.table.error.TableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports values that DynamoDB rejects; the text depends on the action and on the value's position. */
final class ValueRules {
    private static final String NUMBER_DUPLICATES = "Input collection contains duplicates";
    /** The refusal of an empty text; the newer layer ends it as those of other texts. */
    private static final String NOT_A_NUMBER = "The parameter cannot be converted to a numeric value";

    private static final String DUPLICATES = "Input collection [";
    private static final String START_KEY = "The provided starting key is invalid: ";

    private ValueRules() {}

    /** Returns whether a text refuses a value for its form: no type, or more than one. */
    static boolean isForm(String text) {
        return text.startsWith("Supplied AttributeValue");
    }

    static boolean isEmptySet(String text) {
        return text.contains("set  may not be empty") || text.contains("sets should not be empty");
    }

    /**
     * Returns the text of a refused value in the words of the newer layer, which quotes the elements of a set and lists
     * first those before the first duplicate, sorted.
     */
    static String current(InvalidValue invalid) {
        String text = invalid.message();
        if (text.equals(NUMBER_DUPLICATES)) {
            return Refusals.INVALID + NUMBER_DUPLICATES + ".";
        }
        if (text.equals(NOT_A_NUMBER)) {
            return NOT_A_NUMBER + ": ";
        }
        int from = text.indexOf(DUPLICATES);
        int to = text.lastIndexOf(']');
        if (from < 0 || to < from) {
            return text;
        }
        boolean binary = text.endsWith("of type BS contains duplicates.");
        String[] elements = text.substring(from + DUPLICATES.length(), to).split(", ", -1);
        return text.substring(0, from) + DUPLICATES + listed(elements, binary) + text.substring(to);
    }

    private static String listed(String[] elements, boolean binary) {
        TreeSet<String> read = binary ? new TreeSet<>(ValueRules::compareBytes) : new TreeSet<>();
        int at = 0;
        while (at < elements.length && read.add(elements[at])) {
            at++;
        }
        List<String> listed = new ArrayList<>(read);
        listed.addAll(Arrays.asList(elements).subList(at, elements.length));
        return listed.stream().map(element -> '"' + element + '"').collect(Collectors.joining(binary ? "," : ", "));
    }

    /** Compares texts in base64 by the bytes that they stand for. */
    private static int compareBytes(String one, String other) {
        Base64.Decoder decoder = Base64.getDecoder();
        return Arrays.compareUnsigned(decoder.decode(one), decoder.decode(other));
    }

    /** Throws the refusal of an item or key of a single write, as its member is read. */
    static void write(Fields request, String member) {
        if (request.get(member) instanceof InvalidValue invalid) {
            throw isForm(invalid.message()) ? invalid.refusal() : Refusals.enveloped(current(invalid));
        }
    }

    /** Throws the refusal of a key of a single write: an empty set in it is reported bare. */
    static void writeKey(Fields request, String member) {
        if (request.get(member) instanceof InvalidValue invalid) {
            String text = invalid.message();
            throw isForm(text) || isEmptySet(text) ? invalid.refusal() : Refusals.enveloped(current(invalid));
        }
    }

    /** Throws the refusal of a key of a read, in the newer layer's words. */
    static void read(Fields request, String member) {
        if (request.get(member) instanceof InvalidValue invalid) {
            throw Refusals.bare(current(invalid));
        }
    }

    /** Throws the refusal of a value in the older layer's words, as batches and transactions report it. */
    static void older(@Nullable Object value) {
        if (value instanceof InvalidValue invalid) {
            throw invalid.refusal();
        }
    }

    /** Throws the refusal of a starting key; some texts say that it is one. */
    static void startKey(Fields request) {
        if (request.get("ExclusiveStartKey") instanceof InvalidValue invalid) {
            throw startKey(invalid);
        }
    }

    private static TableException startKey(InvalidValue invalid) {
        String text = invalid.message();
        boolean plain = text.contains("contains duplicates")
                || text.contains("number set")
                || text.contains("numeric value")
                || text.contains("significant digits")
                || text.contains("number with magnitude");
        return Refusals.bare(plain ? current(invalid) : START_KEY + text);
    }
}
