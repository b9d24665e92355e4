package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Decides about one leaf of an event; a missing node stands for an absent member. */
@FunctionalInterface
interface ValueRule {

    boolean matches(JsonNode value);

    /** Returns a rule that matches a leaf that is present and that the other rule does not match. */
    static ValueRule anythingBut(ValueRule other) {
        return value -> !value.isMissingNode() && !other.matches(value);
    }

    static ValueRule anyOf(java.util.List<ValueRule> rules) {
        return value -> rules.stream().anyMatch(rule -> rule.matches(value));
    }

    /** Returns a rule on strings; no other value matches it. */
    static ValueRule text(java.util.function.Predicate<String> rule) {
        return value -> value.isTextual() && rule.test(value.textValue());
    }
}
