package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/** Reads the operand of {@code numeric}: one comparison, or a lower bound and an upper bound in this order. */
final class NumericRangeParser {

    private static final int ONE_COMPARISON = 2;
    private static final int TWO_COMPARISONS = 4;

    private NumericRangeParser() {}

    static ValueRule parse(JsonNode operand) {
        if (!operand.isArray()) {
            throw new IllegalArgumentException("Value of numeric must be an array.");
        }
        String operator = operator(operand, 0);
        double bound = bound(operator, operand.path(1));
        DoublePredicate comparison = comparison(operator, bound);
        if (operand.size() == ONE_COMPARISON) {
            return rule(comparison);
        }
        boolean lower = operator.startsWith(">");
        if (!lower || operand.size() > TWO_COMPARISONS) {
            throw new IllegalArgumentException("Too many elements in numeric expression");
        }
        String upper = operator(operand, 2);
        if (!upper.equals("<") && !upper.equals("<=")) {
            throw new IllegalArgumentException("Bad numeric range operator: " + upper);
        }
        double top = bound(upper, operand.path(3));
        if (bound >= top) {
            throw new IllegalArgumentException("Bottom must be less than top");
        }
        return rule(comparison.and(comparison(upper, top)));
    }

    /** Returns a rule on comparable numbers; no other value matches it. */
    static ValueRule rule(DoublePredicate comparison) {
        return value -> {
            OptionalDouble number = ExactNumber.of(value);
            return number.isPresent() && comparison.test(number.getAsDouble());
        };
    }

    private static String operator(JsonNode operand, int index) {
        JsonNode operator = operand.path(index);
        if (!operator.isTextual()) {
            throw new IllegalArgumentException("Invalid member in numeric match: " + operator.asText());
        }
        return operator.textValue();
    }

    private static double bound(String operator, JsonNode bound) {
        if (!bound.isNumber()) {
            throw new IllegalArgumentException(
                    "Value of %s must be numeric".formatted(operator.equals("=") ? "equals" : operator));
        }
        return ExactNumber.require(bound);
    }

    private static DoublePredicate comparison(String operator, double bound) {
        return switch (operator) {
            case "=" -> number -> number == bound;
            case "<" -> number -> number < bound;
            case "<=" -> number -> number <= bound;
            case ">" -> number -> number > bound;
            case ">=" -> number -> number >= bound;
            default -> throw new IllegalArgumentException("Unrecognized numeric range operator: " + operator);
        };
    }
}
