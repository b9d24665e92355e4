package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * Numbers as AWS's library compares them: as doubles. A number that no double represents, such as most integers beyond
 * 2<sup>53</sup>, is not comparable; it equals only a number that is written the same way.
 */
final class ExactNumber {

    private static final long MAX_INTEGER = 1L << 53;

    private ExactNumber() {}

    /** Returns a value as a comparable number; empty if it is not a number or not comparable. */
    static OptionalDouble of(JsonNode value) {
        if (!value.isNumber()) {
            return OptionalDouble.empty();
        }
        if (value.isInt() || value.isLong()) {
            long integer = value.longValue();
            if (integer <= MAX_INTEGER && integer >= -MAX_INTEGER) {
                return OptionalDouble.of((double) integer);
            }
        }
        BigDecimal exact = value.decimalValue();
        double number = exact.doubleValue();
        if (Double.isInfinite(number) || BigDecimal.valueOf(number).compareTo(exact) != 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(number + 0.0);
    }

    /**
     * Returns a number of a pattern.
     *
     * @throws IllegalArgumentException if it is not comparable
     */
    static double require(JsonNode number) {
        return of(number).orElseThrow(() -> new IllegalArgumentException("Cannot compare number : " + number.asText()));
    }
}
