package dev.ingestkit.local.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/**
 * Writes an entry as one JSON object: {@code number}, {@code at} (ISO-8601, UTC), {@code kind} and the event's
 * components by name. The format is stable: the tool and its users read it. Thread-safe.
 */
public final class JournalJson {

    private JournalJson() {}

    /** Returns the JSON form of an entry. */
    public static ObjectNode of(JournalEntry entry) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("number", entry.number());
        json.put("at", entry.at().toString());
        json.put("kind", label(entry.event().kind()));
        for (RecordComponent component : entry.event().getClass().getRecordComponents()) {
            json.set(component.getName(), value(component, entry.event()));
        }
        return json;
    }

    /** Returns a kind's word in JSON, such as {@code dead-letter}. */
    public static String label(JournalEvent.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static JsonNode value(RecordComponent component, JournalEvent event) {
        try {
            Object value = component.getAccessor().invoke(event);
            return value instanceof Enum<?> constant
                    ? Json.mapper().getNodeFactory().textNode(constant.name().toLowerCase(Locale.ROOT))
                    : Json.mapper().valueToTree(value);
        } catch (IllegalAccessException | InvocationTargetException unreadable) {
            throw new IllegalStateException("cannot read " + component + " of " + event.kind(), unreadable);
        }
    }
}
