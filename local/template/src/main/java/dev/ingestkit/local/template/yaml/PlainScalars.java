package dev.ingestkit.local.template.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives unquoted scalars their type. CloudFormation and the SAM CLI read YAML 1.1, where {@code yes} is a boolean and
 * {@code 010} is eight. They leave dates as strings, so {@code Version: 2012-10-17} needs no quotes.
 */
final class PlainScalars {

    private static final Set<String> TRUE = Set.of("yes", "true", "on");
    private static final Set<String> FALSE = Set.of("no", "false", "off");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F_]*[0-9a-fA-F]");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]*[01]");
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+]?[0-9]{1,3})?|[-+]?\\.[0-9][0-9_]*([eE][-+]?[0-9]{1,3})?");
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

    private PlainScalars() {}

    static JsonNode value(String text) {
        if (NULL.contains(text)) {
            return NullNode.getInstance();
        }
        if (isBoolean(text)) {
            return BooleanNode.valueOf(TRUE.contains(text.toLowerCase(Locale.ROOT)));
        }
        char first = text.charAt(0);
        if (first != '-' && first != '+' && first != '.' && (first < '0' || first > '9')) {
            return TextNode.valueOf(text);
        }
        return number(text);
    }

    /** Returns whether a text looks like a string or like another number than it is, which is worth a warning. */
    static boolean isTrap(String text) {
        if (isBoolean(text)) {
            String lower = text.toLowerCase(Locale.ROOT);
            return !lower.equals("true") && !lower.equals("false");
        }
        boolean hasExponent = JSON_NUMBER.matcher(text).matches() && !text.matches("[-0-9.]*");
        return hasExponent
                || OCTAL.matcher(text).matches()
                || SEXAGESIMAL.matcher(text).matches();
    }

    private static boolean isBoolean(String text) {
        if (text.length() < 2 || text.length() > 5) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean known = TRUE.contains(lower) || FALSE.contains(lower);
        boolean regularCase = text.equals(lower)
                || text.equals(text.toUpperCase(Locale.ROOT))
                || text.equals(Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        return known && regularCase;
    }

    private static JsonNode number(String text) {
        String digits = text.replace("_", "").replaceFirst("^\\+", "");
        if (DECIMAL.matcher(text).matches()) {
            return integer(new BigInteger(digits));
        }
        if (OCTAL.matcher(text).matches()) {
            return integer(new BigInteger(digits, 8));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return integer(new BigInteger(digits.replace("0x", ""), 16));
        }
        if (BINARY.matcher(text).matches()) {
            return integer(new BigInteger(digits.replace("0b", ""), 2));
        }
        if (SEXAGESIMAL.matcher(text).matches()) {
            return integer(sexagesimal(digits));
        }
        if (FLOAT.matcher(text).matches() || JSON_NUMBER.matcher(text).matches()) {
            return DecimalNode.valueOf(new BigDecimal(digits));
        }
        return TextNode.valueOf(text);
    }

    private static BigInteger sexagesimal(String text) {
        boolean negative = text.startsWith("-");
        BigInteger value = BigInteger.ZERO;
        for (String part : (negative ? text.substring(1) : text).split(":", -1)) {
            value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
        }
        return negative ? value.negate() : value;
    }

    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < 32) {
            return IntNode.valueOf(value.intValue());
        }
        return value.bitLength() < 64 ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }
}
