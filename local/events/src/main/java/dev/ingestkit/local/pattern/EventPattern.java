package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An event pattern: members that must all match, each with rules of which any must. An array in the event matches when
 * any of its elements does. {@code $or} holds patterns of which any must match. Immutable.
 */
public final class EventPattern {

    private static final String OR = "$or";

    /** A condition on an event, usually on one member of it. */
    private interface Condition {
        boolean matches(JsonNode event);
    }

    private final List<Condition> conditions;

    private EventPattern(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if the text is not a pattern, with the reason
     */
    public static EventPattern parse(JsonNode tree) {
        if (!tree.isObject()) {
            throw new IllegalArgumentException("a pattern must be an object: " + tree);
        }
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            conditions.add(condition(member.getKey(), member.getValue()));
        }
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("a pattern must have a member");
        }
        return new EventPattern(conditions);
    }

    private static Condition condition(String name, JsonNode value) {
        if (name.equals(OR)) {
            return or(value);
        }
        if (value.isObject()) {
            EventPattern nested = parse(value);
            return event -> nested.matches(event.path(name));
        }
        if (!value.isArray() || value.isEmpty()) {
            throw new IllegalArgumentException("'%s' must be an object or a list of rules: %s".formatted(name, value));
        }
        List<ValueRule> rules = new ArrayList<>();
        for (JsonNode rule : value) {
            rules.add(ValueRuleParser.parse(name, rule));
        }
        return event -> matchesAny(rules, event.path(name));
    }

    private static Condition or(JsonNode value) {
        if (!value.isArray() || value.size() < 2) {
            throw new IllegalArgumentException("'$or' must be a list of at least two patterns: " + value);
        }
        List<EventPattern> alternatives = new ArrayList<>();
        for (JsonNode alternative : value) {
            alternatives.add(parse(alternative));
        }
        return event -> alternatives.stream().anyMatch(alternative -> alternative.matches(event));
    }

    /** Says whether an event, or any element of an array, meets all conditions. */
    public boolean matches(JsonNode event) {
        if (event.isArray()) {
            for (JsonNode element : event) {
                if (matches(element)) {
                    return true;
                }
            }
            return false;
        }
        for (Condition condition : conditions) {
            if (!condition.matches(event)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesAny(List<ValueRule> rules, JsonNode value) {
        for (ValueRule rule : rules) {
            if (matches(rule, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(ValueRule rule, JsonNode value) {
        if (!value.isArray()) {
            return rule.matches(value.isObject() ? MissingNode.getInstance() : value);
        }
        if (value.isEmpty()) {
            return rule.matches(MissingNode.getInstance());
        }
        for (JsonNode element : value) {
            if (matches(rule, element)) {
                return true;
            }
        }
        return false;
    }
}
