package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads one rule of an event pattern: a literal, or an object with one operator. */
final class ValueRuleParser {

    private static final String IGNORE_CASE = "equals-ignore-case";
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9a-fA-F:.]+");

    private ValueRuleParser() {}

    static ValueRule parse(String name, JsonNode rule) {
        if (rule.isArray()) {
            throw new IllegalArgumentException("'%s' has a list inside its list of rules: %s".formatted(name, rule));
        }
        if (!rule.isObject()) {
            return literal(rule);
        }
        if (rule.size() != 1) {
            throw new IllegalArgumentException("a rule of '%s' must have one operator: %s".formatted(name, rule));
        }
        String operator = rule.fieldNames().next();
        return operator(operator, rule.get(operator));
    }

    private static ValueRule operator(String operator, JsonNode operand) {
        return switch (operator) {
            case "exists" -> exists(operand);
            case "prefix" -> affix(operand, String::startsWith);
            case "suffix" -> affix(operand, String::endsWith);
            case IGNORE_CASE -> ignoreCase(operand);
            case "wildcard" -> wildcard(operand);
            case "numeric" -> numeric(operand);
            case "cidr" -> cidr(operand);
            case "anything-but" -> ValueRule.anythingBut(excluded(operand));
            default -> throw new IllegalArgumentException("unrecognized match type " + operator);
        };
    }

    /** Strings match by characters, numbers by their written form: 300 and 300.0 differ. */
    private static ValueRule literal(JsonNode literal) {
        if (literal.isNumber()) {
            return value -> value.isNumber() && value.asText().equals(literal.asText());
        }
        return literal::equals;
    }

    private static ValueRule exists(JsonNode operand) {
        if (!operand.isBoolean()) {
            throw new IllegalArgumentException("exists needs true or false: " + operand);
        }
        return value -> value.isMissingNode() != operand.booleanValue();
    }

    private interface Affix {
        boolean test(String text, String part);
    }

    private static ValueRule affix(JsonNode operand, Affix affix) {
        if (operand.isObject()) {
            String part = lower(string(only(operand, IGNORE_CASE)));
            return ValueRule.text(text -> affix.test(lower(text), part));
        }
        String part = string(operand);
        return ValueRule.text(text -> affix.test(text, part));
    }

    private static ValueRule ignoreCase(JsonNode operand) {
        String expected = string(operand);
        return ValueRule.text(expected::equalsIgnoreCase);
    }

    private static ValueRule wildcard(JsonNode operand) {
        String wildcard = string(operand);
        if (wildcard.contains("**")) {
            throw new IllegalArgumentException("consecutive wildcard characters: " + wildcard);
        }
        Predicate<String> matches =
                Pattern.compile(expression(wildcard), Pattern.DOTALL).asMatchPredicate();
        return ValueRule.text(matches);
    }

    private static String expression(String wildcard) {
        StringBuilder expression = new StringBuilder();
        for (int index = 0; index < wildcard.length(); index++) {
            char next = wildcard.charAt(index);
            if (next == '\\') {
                index++;
                if (index == wildcard.length() || "*\\".indexOf(wildcard.charAt(index)) < 0) {
                    throw new IllegalArgumentException("a backslash must be followed by * or \\: " + wildcard);
                }
                expression.append(Pattern.quote(wildcard.substring(index, index + 1)));
            } else {
                expression.append(next == '*' ? ".*" : Pattern.quote(String.valueOf(next)));
            }
        }
        return expression.toString();
    }

    private static ValueRule numeric(JsonNode operand) {
        if (!operand.isArray() || (operand.size() != 2 && operand.size() != 4)) {
            throw new IllegalArgumentException("numeric needs one or two comparisons: " + operand);
        }
        Predicate<BigDecimal> range = number -> true;
        for (int index = 0; index < operand.size(); index += 2) {
            range = range.and(comparison(string(operand.get(index)), operand.get(index + 1)));
        }
        Predicate<BigDecimal> all = range;
        return value -> value.isNumber() && all.test(value.decimalValue());
    }

    private static Predicate<BigDecimal> comparison(String operator, JsonNode bound) {
        if (!bound.isNumber()) {
            throw new IllegalArgumentException("numeric compares with a number: " + bound);
        }
        BigDecimal limit = bound.decimalValue();
        return switch (operator) {
            case "=" -> number -> number.compareTo(limit) == 0;
            case "<" -> number -> number.compareTo(limit) < 0;
            case "<=" -> number -> number.compareTo(limit) <= 0;
            case ">" -> number -> number.compareTo(limit) > 0;
            case ">=" -> number -> number.compareTo(limit) >= 0;
            default -> throw new IllegalArgumentException("numeric has no operator " + operator);
        };
    }

    private static ValueRule excluded(JsonNode operand) {
        if (operand.isObject()) {
            if (operand.size() != 1) {
                throw new IllegalArgumentException("anything-but takes one operator: " + operand);
            }
            String operator = operand.fieldNames().next();
            if (!List.of("prefix", "suffix", IGNORE_CASE, "wildcard").contains(operator)) {
                throw new IllegalArgumentException("anything-but has no operator " + operator);
            }
            return each(operand.get(operator), part -> operator(operator, part));
        }
        return each(operand, ValueRuleParser::excludedLiteral);
    }

    private static ValueRule excludedLiteral(JsonNode literal) {
        if (!literal.isValueNode()) {
            throw new IllegalArgumentException("anything-but lists values: " + literal);
        }
        return literal(literal);
    }

    private static ValueRule each(JsonNode operand, java.util.function.Function<JsonNode, ValueRule> rule) {
        if (!operand.isArray()) {
            return rule.apply(operand);
        }
        if (operand.isEmpty()) {
            throw new IllegalArgumentException("anything-but needs at least one value");
        }
        List<ValueRule> rules = new ArrayList<>();
        operand.forEach(part -> rules.add(rule.apply(part)));
        return ValueRule.anyOf(List.copyOf(rules));
    }

    private static ValueRule cidr(JsonNode operand) {
        String[] parts = string(operand).split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,3}")) {
            throw new IllegalArgumentException("cidr needs an address and a prefix length: " + operand);
        }
        byte[] network = address(parts[0]);
        int length = Integer.parseInt(parts[1]);
        if (length > network.length * 8) {
            throw new IllegalArgumentException("cidr's prefix length is too long: " + operand);
        }
        return ValueRule.text(text -> IP_ADDRESS.matcher(text).matches() && within(text, network, length));
    }

    private static boolean within(String text, byte[] network, int length) {
        byte[] address;
        try {
            address = address(text);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >>> (bit % 8);
            if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] address(String text) {
        try {
            // Only digits, dots and colons are allowed here, so that no host name is ever looked up.
            boolean numeric = text.indexOf(':') >= 0 || text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
            if (!numeric || !IP_ADDRESS.matcher(text).matches()) {
                throw new IllegalArgumentException("no IP address: " + text);
            }
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException invalid) {
            throw new IllegalArgumentException("no IP address: " + text, invalid);
        }
    }

    private static JsonNode only(JsonNode object, String member) {
        if (object.size() != 1 || !object.has(member)) {
            throw new IllegalArgumentException("only %s is allowed here: %s".formatted(member, object));
        }
        return object.get(member);
    }

    private static String string(JsonNode operand) {
        if (!operand.isTextual()) {
            throw new IllegalArgumentException("a string is needed: " + operand);
        }
        return operand.textValue();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
