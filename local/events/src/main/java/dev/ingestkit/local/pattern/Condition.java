package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The rules for the member at a path: a value of it meets any, or it is absent where {@code absence} allows that.
 * Immutable.
 */
record Condition(FieldPath path, List<ValueRule> rules, boolean absence) {

    Condition {
        rules = List.copyOf(rules);
    }

    boolean accepts(JsonNode value) {
        for (ValueRule rule : rules) {
            if (rule.matches(value)) {
                return true;
            }
        }
        return false;
    }
}
