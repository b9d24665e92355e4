package dev.ingestkit.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into an event, {@code $.detail.items[0]['a b']}, in the part of JSONPath that EventBridge takes. Immutable.
 *
 * @param steps names of members, and positions in lists as digits
 */
record EventPath(List<String> steps) {

    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d+)]|\\[['\"]([^'\"]+)['\"]]");

    EventPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static EventPath parse(String text) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int end = 1;
        while (text.startsWith("$") && step.find(end) && step.start() == end) {
            String name = step.group(1) != null ? step.group(1) : step.group(2);
            steps.add(name != null ? name : step.group(3));
            end = step.end();
        }
        if (!text.startsWith("$") || end != text.length()) {
            throw new IllegalArgumentException("'%s' is not a path such as $.detail.name".formatted(text));
        }
        return new EventPath(steps);
    }

    /** Returns the value at the path; missing if there is none. */
    JsonNode of(JsonNode event) {
        JsonNode value = event;
        for (String step : steps) {
            value = value.isArray() && step.matches("\\d{1,9}") ? value.path(Integer.parseInt(step)) : value.path(step);
        }
        return value == null ? MissingNode.getInstance() : value;
    }
}
