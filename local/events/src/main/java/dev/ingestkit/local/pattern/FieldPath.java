package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a member: names joined by dots. As in AWS's library a dot inside a name is the same as one
 * between two names. Immutable.
 */
final class FieldPath {

    static final char SEPARATOR = '.';

    private final String path;

    FieldPath(String path) {
        this.path = path;
    }

    /** Returns the values that an event has here, in the event's order. */
    List<Leaf> leaves(JsonNode event) {
        List<Leaf> leaves = new ArrayList<>(2);
        collect(event, 0, null, leaves);
        return leaves;
    }

    private void collect(JsonNode object, int from, @Nullable Membership elements, List<Leaf> leaves) {
        int dot = path.indexOf(SEPARATOR, from);
        while (dot >= 0) {
            JsonNode value = object.get(path.substring(from, dot));
            if (value != null) {
                descend(value, dot + 1, elements, leaves);
            }
            dot = path.indexOf(SEPARATOR, dot + 1);
        }
        JsonNode value = object.get(path.substring(from));
        if (value != null) {
            last(value, elements, leaves);
        }
    }

    private void descend(JsonNode value, int from, @Nullable Membership elements, List<Leaf> leaves) {
        if (value.isObject()) {
            collect(value, from, elements, leaves);
        } else if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                descend(value.get(index), from, new Membership(elements, value, index), leaves);
            }
        }
    }

    private static void last(JsonNode value, @Nullable Membership elements, List<Leaf> leaves) {
        if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                JsonNode element = value.get(index);
                boolean nested = element.isArray();
                // Values of one list do not exclude each other, only members of its objects and lists do.
                last(element, nested ? new Membership(elements, value, index) : elements, leaves);
            }
        } else if (value.isValueNode()) {
            leaves.add(new Leaf(value, elements));
        }
    }
}
