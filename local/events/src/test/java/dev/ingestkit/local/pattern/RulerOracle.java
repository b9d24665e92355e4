package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.Machine;

/**
 * AWS's library as an oracle. The library is asked about one rule at a time, in a machine of its own, since rules on
 * one member disturb each other in it: a pattern is taken apart into patterns with one rule for each member and without
 * {@code $or}, of which any must match. It is asked twice, the second time with the members' names in reverse order,
 * since it decides about absent members by the order of names. Not thread-safe.
 */
final class RulerOracle {

    /** Maps a, b, c, d, e to names in reverse order. */
    private static final String REVERSED = "zyxwv";

    private record Question(Machine machine, boolean reversed) {}

    private final List<Question> questions;

    private RulerOracle(List<Question> questions) {
        this.questions = List.copyOf(questions);
    }

    /** Returns the library's view of a pattern that it accepts. */
    static RulerOracle of(JsonNode pattern) throws IOException {
        List<Question> questions = new ArrayList<>();
        for (ObjectNode single : singles(pattern)) {
            questions.add(new Question(machine(single), false));
            if (single.toString().contains("\"exists\":false")) {
                questions.add(new Question(machine(reversed(single)), true));
            }
        }
        return new RulerOracle(questions);
    }

    /** Returns whether the library accepts a pattern. */
    static boolean accepts(JsonNode pattern) {
        try {
            machine(pattern);
            return true;
        } catch (IOException | RuntimeException refused) {
            return false;
        }
    }

    /** Returns whether the library finds a match for any single rule of the pattern, in either order of names. */
    boolean matches(JsonNode event) throws Exception {
        String straight = event.toString();
        String reversed = reversed(event).toString();
        for (Question question : questions) {
            String asked = question.reversed() ? reversed : straight;
            if (!question.machine().rulesForJSONEvent(asked).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the library's answer for the pattern as it is. */
    static boolean asked(JsonNode pattern, JsonNode event) throws Exception {
        return !machine(pattern).rulesForJSONEvent(event.toString()).isEmpty();
    }

    private static Machine machine(JsonNode pattern) throws IOException {
        Machine machine = Machine.builder().build();
        machine.addRule("rule", pattern.toString());
        return machine;
    }

    private static List<ObjectNode> singles(JsonNode pattern) {
        List<ObjectNode> singles = List.of(JsonNodeFactory.instance.objectNode());
        for (Map.Entry<String, JsonNode> member : pattern.properties()) {
            List<ObjectNode> next = new ArrayList<>();
            for (ObjectNode single : singles) {
                for (ObjectNode choice : choices(member.getKey(), member.getValue())) {
                    next.add(merged(single, choice));
                }
            }
            singles = next;
        }
        return singles;
    }

    private static List<ObjectNode> choices(String name, JsonNode value) {
        List<ObjectNode> choices = new ArrayList<>();
        if (name.equals("$or")) {
            value.forEach(alternative -> choices.addAll(singles(alternative)));
        } else if (value.isObject()) {
            for (ObjectNode single : singles(value)) {
                choices.add(JsonNodeFactory.instance.objectNode().set(name, single));
            }
        } else {
            for (JsonNode rule : value) {
                ArrayNode one = JsonNodeFactory.instance.arrayNode().add(rule);
                choices.add(JsonNodeFactory.instance.objectNode().set(name, one));
            }
        }
        return choices;
    }

    private static ObjectNode merged(ObjectNode one, ObjectNode other) {
        ObjectNode merged = one.deepCopy();
        other.properties().forEach(member -> merged.set(member.getKey(), member.getValue()));
        return merged;
    }

    private static JsonNode reversed(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(reversed(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(member -> object.set(reversed(member.getKey()), reversed(member.getValue())));
        return object;
    }

    private static String reversed(String name) {
        // The operators of rules have longer names and keep them.
        return name.length() == 1 ? String.valueOf(REVERSED.charAt(name.charAt(0) - 'a')) : name;
    }
}
