package dev.ingestkit.local.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes an entry as one JSON object: {@code number}, {@code at} (ISO-8601, UTC), {@code kind} and the event's
 * components by their names, those of its records in their place. Stable: the tool and its users read it. Thread-safe.
 */
public final class JournalJson {

    private JournalJson() {}

    /** Returns the JSON form of an entry. */
    public static ObjectNode of(JournalEntry entry) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("number", entry.number());
        json.put("at", entry.at().toString());
        json.put("kind", label(entry.event().kind()));
        putComponents(json, entry.event());
        return json;
    }

    private static void putComponents(ObjectNode json, Object event) {
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            Object value = value(component, event);
            if (value instanceof Record group) {
                putComponents(json, group);
            } else {
                json.set(component.getName(), node(value));
            }
        }
    }

    /** Returns a kind's word in JSON, such as {@code dead-letter}. */
    public static String label(JournalEvent.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Object value(RecordComponent component, Object event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (IllegalAccessException | InvocationTargetException unreadable) {
            throw new IllegalStateException("cannot read " + component + " of " + event, unreadable);
        }
    }

    private static JsonNode node(@Nullable Object value) {
        return value instanceof Enum<?> constant
                ? Json.mapper().getNodeFactory().textNode(constant.name().toLowerCase(Locale.ROOT))
                : Json.mapper().valueToTree(value);
    }
}
