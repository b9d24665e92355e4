package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Reads one rule of an event pattern: a literal, or an object with one operator. A rule that AWS's library refuses is
 * refused, with the words that the APIs answer.
 */
final class ValueRuleParser {

    private static final String IGNORE_CASE = "equals-ignore-case";
    private static final String ONE_KEY = "Only one key allowed in match expression";

    private ValueRuleParser() {}

    /** Returns whether a rule asks for a member that is absent, the one rule that is not about a value. */
    static boolean isAbsence(JsonNode rule) {
        JsonNode exists = rule.path("exists");
        return rule.size() == 1 && exists.isBoolean() && !exists.booleanValue();
    }

    static ValueRule parse(JsonNode rule) {
        if (rule.isArray()) {
            throw new IllegalArgumentException("Match value must be String, number, true, false, or null");
        }
        if (!rule.isObject()) {
            return literal(rule);
        }
        if (rule.isEmpty()) {
            throw new IllegalArgumentException("Match expression name not found");
        }
        String operator = rule.fieldNames().next();
        ValueRule parsed = operator(operator, rule.get(operator));
        if (rule.size() != 1) {
            throw new IllegalArgumentException(ONE_KEY);
        }
        return parsed;
    }

    private static ValueRule operator(String operator, JsonNode operand) {
        return switch (operator) {
            case "exactly" -> {
                String expected = string("exact", operand);
                yield ValueRule.text(expected::equals);
            }
            case "exists" -> exists(operand);
            case "prefix" -> prefix(operand);
            case "suffix" -> suffix(operand);
            case IGNORE_CASE -> ignoreCase(operand);
            case "wildcard" -> wildcard(operand);
            case "numeric" -> NumericRangeParser.parse(operand);
            case "cidr" -> cidr(operand);
            case "anything-but" -> ValueRule.anythingBut(excluded(operand));
            default -> throw new IllegalArgumentException("Unrecognized match type " + operator);
        };
    }

    private static ValueRule literal(JsonNode literal) {
        if (literal.isNumber()) {
            return number(literal);
        }
        if (literal.isTextual()) {
            String text = literal.textValue();
            return IpRange.single(text)
                    .map(address -> ValueRule.text(address::contains))
                    .orElseGet(() -> ValueRule.text(text::equals));
        }
        return literal::equals;
    }

    private static ValueRule number(JsonNode literal) {
        OptionalDouble expected = ExactNumber.of(literal);
        if (expected.isPresent()) {
            return equalTo(expected.getAsDouble());
        }
        String written = literal.asText();
        return value -> value.isNumber() && value.asText().equals(written);
    }

    private static ValueRule equalTo(double expected) {
        return NumericRangeParser.rule(number -> number == expected);
    }

    private static ValueRule exists(JsonNode operand) {
        if (!operand.isBoolean()) {
            throw new IllegalArgumentException("exists match pattern must be either true or false.");
        }
        return value -> true;
    }

    private static ValueRule prefix(JsonNode operand) {
        if (operand.isObject()) {
            String expression = TextPatterns.ignoringCase(caseless("prefix", operand));
            return ValueRule.text(TextPatterns.compile(expression + ".*").asMatchPredicate());
        }
        String part = string("prefix", operand);
        return ValueRule.text(text -> text.startsWith(part));
    }

    private static ValueRule suffix(JsonNode operand) {
        if (operand.isObject()) {
            String expression = TextPatterns.ignoringCase(caseless("suffix", operand));
            return ValueRule.text(TextPatterns.compile(".*" + expression).asMatchPredicate());
        }
        String part = string("suffix", operand);
        return ValueRule.text(text -> text.endsWith(part));
    }

    private static String caseless(String operator, JsonNode operand) {
        if (operand.isEmpty() || !operand.fieldNames().next().equals(IGNORE_CASE)) {
            throw new IllegalArgumentException("Unsupported %s pattern: %s".formatted(operator, operand));
        }
        String part = string(IGNORE_CASE, operand.get(IGNORE_CASE));
        if (operand.size() != 1) {
            throw new IllegalArgumentException(ONE_KEY);
        }
        return part;
    }

    private static ValueRule ignoreCase(JsonNode operand) {
        String expression = TextPatterns.ignoringCase(string(IGNORE_CASE, operand));
        return ValueRule.text(TextPatterns.compile(expression).asMatchPredicate());
    }

    private static ValueRule wildcard(JsonNode operand) {
        String expression = TextPatterns.wildcard(string("wildcard", operand));
        return ValueRule.text(TextPatterns.compile(expression).asMatchPredicate());
    }

    private static ValueRule cidr(JsonNode operand) {
        IpRange range = IpRange.parse(string("prefix", operand));
        return ValueRule.text(range::contains);
    }

    private static ValueRule excluded(JsonNode operand) {
        if (!operand.isObject()) {
            return excludedValues(operand);
        }
        if (operand.isEmpty()) {
            throw new IllegalArgumentException("Anything-But expression name not found");
        }
        String operator = operand.fieldNames().next();
        if (!List.of("prefix", "suffix", IGNORE_CASE, "wildcard").contains(operator)) {
            throw new IllegalArgumentException("Unsupported anything-but pattern: " + operator);
        }
        ValueRule rule = each(operand.get(operator), part -> excludedPart(operator, part));
        if (operand.size() != 1) {
            throw new IllegalArgumentException(ONE_KEY);
        }
        return rule;
    }

    private static ValueRule excludedPart(String operator, JsonNode part) {
        String text = string(operator.endsWith("fix") ? "prefix/suffix" : operator, part);
        if (text.isEmpty() && operator.endsWith("fix")) {
            throw new IllegalArgumentException("Null prefix/suffix not allowed");
        }
        return operator(operator, part);
    }

    private static ValueRule excludedValues(JsonNode operand) {
        if (!operand.isArray() && !operand.isTextual() && !operand.isNumber()) {
            throw new IllegalArgumentException("Value of anything-but must be an array or single string/number value.");
        }
        boolean numbers = false;
        boolean strings = false;
        for (JsonNode value : operand.isArray() ? operand : List.of(operand)) {
            numbers |= value.isNumber();
            strings |= value.isTextual();
            if (!value.isNumber() && !value.isTextual()) {
                throw new IllegalArgumentException("Inside anything but list, start|null|boolean is not supported.");
            }
        }
        if (numbers == strings) {
            throw new IllegalArgumentException("Inside anything but list, either all values are number or string, "
                    + "mixed type is not supported");
        }
        return each(operand, ValueRuleParser::excludedValue);
    }

    private static ValueRule excludedValue(JsonNode value) {
        if (value.isNumber()) {
            return equalTo(ExactNumber.require(value));
        }
        String text = value.textValue();
        return ValueRule.text(text::equals);
    }

    private static ValueRule each(JsonNode operand, Function<JsonNode, ValueRule> rule) {
        if (!operand.isArray()) {
            return rule.apply(operand);
        }
        if (operand.isEmpty()) {
            throw new IllegalArgumentException("Inside anything but list, at least one value is needed");
        }
        List<ValueRule> rules = new ArrayList<>();
        operand.forEach(part -> rules.add(rule.apply(part)));
        return ValueRule.anyOf(List.copyOf(rules));
    }

    private static String string(String operator, JsonNode operand) {
        if (!operand.isTextual()) {
            throw new IllegalArgumentException(operator + " match pattern must be a string");
        }
        return operand.textValue();
    }
}
