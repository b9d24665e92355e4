package dev.ingestkit.cli.output.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/** Equality, order and texts of JSON values in the sense of JMESPath. Stateless. */
final class Values {

    private static final BigDecimal PLAIN_FROM = new BigDecimal("0.0001");
    private static final BigDecimal PLAIN_BELOW = new BigDecimal("1e16");
    private static final int LONG_BITS = 63;

    private Values() {}

    /** Returns whether a value counts as true: neither false nor null nor empty. */
    static boolean isTrue(JsonNode value) {
        boolean empty = value.isTextual() ? value.textValue().isEmpty() : value.isContainerNode() && value.isEmpty();
        return !value.isNull() && !value.isMissingNode() && !empty && !(value.isBoolean() && !value.booleanValue());
    }

    /** Returns whether two values are equal; numbers by their values, however they are written. */
    static boolean equal(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return number(one).compareTo(number(other)) == 0;
        }
        if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
            return false;
        }
        if (one.isArray()) {
            Iterator<JsonNode> others = other.elements();
            for (JsonNode element : one) {
                if (!equal(element, others.next())) {
                    return false;
                }
            }
            return true;
        }
        return one.isObject()
                ? one.properties().stream()
                        .allMatch(member ->
                                other.has(member.getKey()) && equal(member.getValue(), other.get(member.getKey())))
                : one.equals(other);
    }

    /** Compares two numbers, or two strings by code point. */
    static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber()) {
            return number(one).compareTo(number(other));
        }
        int[] left = one.textValue().codePoints().toArray();
        int[] right = other.textValue().codePoints().toArray();
        return Arrays.compare(left, right);
    }

    static BigDecimal number(JsonNode value) {
        return value.isBigDecimal() ? value.decimalValue() : new BigDecimal(value.asText());
    }

    /** Returns a number as a whole one if it is one and both operands of its calculation were. */
    static JsonNode node(BigDecimal number, boolean whole) {
        return whole ? whole(number.toBigInteger()) : DecimalNode.valueOf(number);
    }

    static JsonNode whole(BigInteger number) {
        return number.bitLength() > LONG_BITS ? BigIntegerNode.valueOf(number) : LongNode.valueOf(number.longValue());
    }

    /** Returns the JSON text of a value without blanks. */
    static String text(JsonNode value) {
        if (value.isNumber()) {
            return numberText(value);
        }
        StringBuilder text = new StringBuilder();
        if (value.isArray()) {
            value.forEach(element -> text.append(text.isEmpty() ? "" : ",").append(text(element)));
            return "[" + text + "]";
        }
        if (value.isObject()) {
            value.properties()
                    .forEach(member -> text.append(text.isEmpty() ? "" : ",")
                            .append(TextNode.valueOf(member.getKey()))
                            .append(':')
                            .append(text(member.getValue())));
            return "{" + text + "}";
        }
        return value.toString();
    }

    private static String numberText(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.asText();
        }
        BigDecimal number = number(value);
        BigDecimal size = number.abs();
        if (size.signum() == 0 || (size.compareTo(PLAIN_FROM) >= 0 && size.compareTo(PLAIN_BELOW) < 0)) {
            String plain = number.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        BigDecimal digits = number.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        String mantissa = digits.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return String.format(Locale.ROOT, "%se%s%02d", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
