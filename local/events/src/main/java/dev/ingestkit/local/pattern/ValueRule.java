package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Decides about one leaf of an event; a missing node stands for a member that is not there. */
@FunctionalInterface
interface ValueRule {

    boolean matches(JsonNode value);

    /** True for a leaf that is there and for which the other is not true. */
    static ValueRule anythingBut(ValueRule other) {
        return value -> !value.isMissingNode() && !other.matches(value);
    }

    static ValueRule anyOf(java.util.List<ValueRule> rules) {
        return value -> rules.stream().anyMatch(rule -> rule.matches(value));
    }

    /** A rule on strings; anything else does not match. */
    static ValueRule text(java.util.function.Predicate<String> rule) {
        return value -> value.isTextual() && rule.test(value.textValue());
    }
}
