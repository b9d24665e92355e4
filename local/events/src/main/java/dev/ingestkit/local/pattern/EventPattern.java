package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An event pattern: members that must all match, each with rules of which any must. {@code $or} holds patterns of which
 * any must match. Immutable.
 *
 * <p>Patterns decide as AWS's own library does. A member is known by its path, names joined by dots, and only leaves
 * have values: an array stands for its elements, and an empty object or array has no leaf. Members inside one array
 * must be met by the same element of it. A member is absent when the elements that met the other rules do not have it.
 * Numbers are compared by value, as far as a double represents them exactly.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html">Event patterns</a>
 * @see <a href="https://github.com/aws/event-ruler">The library</a>
 */
public final class EventPattern {

    private final List<Conjunction> alternatives;

    EventPattern(List<Conjunction> alternatives) {
        this.alternatives = List.copyOf(alternatives);
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if the text is not a pattern, with the reason
     */
    public static EventPattern parse(JsonNode tree) {
        return new EventPattern(EventPatternParser.parse(tree));
    }

    /** Returns whether an event meets all conditions; a value that is not an object meets none. */
    public boolean matches(JsonNode event) {
        if (!event.isObject()) {
            return false;
        }
        for (Conjunction alternative : alternatives) {
            if (alternative.matches(event)) {
                return true;
            }
        }
        return false;
    }
}
