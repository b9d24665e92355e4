package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** Decides about one value of an event, which is neither an object nor an array. */
@FunctionalInterface
interface ValueRule {

    boolean matches(JsonNode value);

    /** Returns a rule that matches a value that the other rule does not match. */
    static ValueRule anythingBut(ValueRule other) {
        return value -> !other.matches(value);
    }

    static ValueRule anyOf(List<ValueRule> rules) {
        return value -> {
            for (ValueRule rule : rules) {
                if (rule.matches(value)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Returns a rule on strings; no other value matches it. */
    static ValueRule text(Predicate<String> rule) {
        return value -> value.isTextual() && rule.test(value.textValue());
    }
}
