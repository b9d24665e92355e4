package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an event pattern into conjunctions, one for each combination of the alternatives of its {@code $or}s. */
final class EventPatternParser {

    private static final String OR = "$or";

    /** EventBridge's quota of combinations in a pattern with {@code $or}. */
    private static final int MAX_COMBINATIONS = 1000;

    /** The library keeps these names for rules, so that no member inside {@code $or} may have them. */
    private static final Set<String> RESERVED_IN_OR = Set.of(
            "exactly",
            "equals-ignore-case",
            "prefix",
            "suffix",
            "anything-but",
            "exists",
            "wildcard",
            "numeric",
            "cidr",
            "=",
            "<",
            "<=",
            ">",
            ">=",
            "regex",
            "not-wildcard",
            "not-equals-ignore-case",
            "date-after",
            "date-on-or-after",
            "date-before",
            "date-on-or-before",
            "in-date-range",
            "ip-address-in-range",
            "ip-address-not-in-range");

    private EventPatternParser() {}

    static List<Conjunction> parse(JsonNode tree) {
        if (!tree.isObject()) {
            throw new IllegalArgumentException("Filter is not an object");
        }
        return members(tree, "", false, List.of(new Conjunction(List.of())));
    }

    private static List<Conjunction> members(
            JsonNode object, String prefix, boolean insideOr, List<Conjunction> alternatives) {
        if (object.isEmpty()) {
            throw new IllegalArgumentException("Empty objects are not allowed");
        }
        List<Conjunction> result = alternatives;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            if (name.equals(OR)) {
                result = or(member.getValue(), prefix, result);
            } else if (insideOr && RESERVED_IN_OR.contains(name)) {
                throw new IllegalArgumentException(
                        name + " is Ruler reserved fieldName which cannot be used inside $or.");
            } else {
                result = member(name, member.getValue(), prefix, insideOr, result);
            }
        }
        return result;
    }

    private static List<Conjunction> member(
            String name, JsonNode value, String prefix, boolean insideOr, List<Conjunction> alternatives) {
        if (value.isObject()) {
            return members(value, prefix + name + FieldPath.SEPARATOR, insideOr, alternatives);
        }
        if (!value.isArray()) {
            throw new IllegalArgumentException("\"%s\" must be an object or an array".formatted(name));
        }
        Condition condition = condition(prefix + name, value);
        return alternatives.stream()
                .map(alternative -> alternative.and(condition))
                .toList();
    }

    private static Condition condition(String path, JsonNode list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("Empty arrays are not allowed");
        }
        List<ValueRule> rules = new ArrayList<>();
        boolean absence = false;
        for (JsonNode rule : list) {
            if (ValueRuleParser.isAbsence(rule)) {
                absence = true;
            } else {
                rules.add(ValueRuleParser.parse(rule));
            }
        }
        return new Condition(new FieldPath(path), rules, absence);
    }

    private static List<Conjunction> or(JsonNode value, String prefix, List<Conjunction> alternatives) {
        if (!value.isArray()) {
            throw new IllegalArgumentException("It must be an Array followed with $or.");
        }
        List<Conjunction> result = new ArrayList<>();
        for (JsonNode pattern : value) {
            if (!pattern.isObject()) {
                throw new IllegalArgumentException("Only JSON object is allowed in array of $or relationship.");
            }
            result.addAll(members(pattern, prefix, true, alternatives));
            if (result.size() > MAX_COMBINATIONS) {
                throw new IllegalArgumentException("$or makes more than %d combinations".formatted(MAX_COMBINATIONS));
            }
        }
        if (value.size() < 2) {
            throw new IllegalArgumentException("There must have at least 2 Objects in $or relationship.");
        }
        return List.copyOf(result);
    }
}
