package dev.ingestkit.local.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the ids in the body of a message, by which people know it: the texts and whole numbers of fields named {@code id},
 * {@code orderId}, {@code order_id} or {@code orderID}. It reads the body's own fields and those of the documents in which
 * services wrap an event: {@code detail} of EventBridge, {@code Message} of SNS, {@code data} of CloudEvents, {@code
 * requestPayload} of Lambda's destinations, and {@code Records} of Lambda's events. The ids of the innermost document come
 * first, and in each document {@code eventId} and {@code id} before the others.
 *
 * <p>The costs have bounds, whatever a body holds: at most {@value #MAX_READ} characters are read, and at most {@value
 * #MAX_IDS} ids of {@value #MAX_LENGTH} characters, {@value #MAX_CHARACTERS} together, are found. A body that is not a JSON
 * object has none; of one that is cut or malformed, the ids before the fault are found.
 */
public final class BodyIds {

    static final int MAX_READ = 16_384;
    static final int MAX_IDS = 8;
    static final int MAX_LENGTH = 128;
    static final int MAX_CHARACTERS = 256;

    /** The documents within documents that are read: an event within a topic's message within a function's event. */
    private static final int MAX_DEPTH = 5;

    private static final Set<String> WRAPPED = Set.of("detail", "Message", "data", "requestPayload", "Records", "Sns");

    /** Field names are not kept, since hostile bodies have ever new ones. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /** The ids of each depth, the body's own first. */
    private final List<Level> levels = new ArrayList<>(1);

    /** The ids of the documents at one depth. */
    private static final class Level {
        private final List<String> names = new ArrayList<>(2);
        private final List<String> others = new ArrayList<>(2);

        void add(String field, String id) {
            if (names.size() + others.size() < MAX_IDS) {
                (isName(field) ? names : others).add(id);
            }
        }
    }

    private BodyIds() {}

    /** Returns the ids in a body, each one once. */
    public static List<String> in(String body) {
        if (!isObject(body)) {
            return List.of();
        }
        BodyIds found = new BodyIds();
        found.document(body, 0);
        return found.all();
    }

    private static boolean isObject(String text) {
        int at = 0;
        while (at < text.length() && at < MAX_READ && text.charAt(at) <= ' ') {
            at++;
        }
        return at < text.length() && text.charAt(at) == '{';
    }

    private void document(String text, int depth) {
        String read = text.length() <= MAX_READ ? text : text.substring(0, MAX_READ);
        try (JsonParser json = JSON.createParser(read)) {
            json.nextToken();
            object(json, depth);
        } catch (IOException malformed) {
            // Any text is a valid body, and one that is longer than what is read ends within a value.
        }
    }

    private void object(JsonParser json, int depth) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
                scalar(json, field, depth);
            } else if (WRAPPED.contains(field) && depth < MAX_DEPTH) {
                wrapped(json, value, depth + 1);
            } else {
                json.skipChildren();
            }
        }
    }

    private void scalar(JsonParser json, String field, int depth) throws IOException {
        if (isId(field) && json.getTextLength() <= MAX_LENGTH) {
            String text = json.getText();
            if (!text.isBlank() && text.chars().noneMatch(Character::isISOControl)) {
                level(depth).add(field, text);
            }
        } else if (WRAPPED.contains(field) && depth < MAX_DEPTH && json.currentToken() == JsonToken.VALUE_STRING) {
            String text = json.getText();
            if (isObject(text)) {
                document(text, depth + 1);
            }
        }
    }

    private void wrapped(JsonParser json, JsonToken value, int depth) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            object(json, depth);
        } else if (value == JsonToken.START_ARRAY) {
            for (JsonToken next = json.nextToken();
                    next != null && next != JsonToken.END_ARRAY;
                    next = json.nextToken()) {
                if (next == JsonToken.START_OBJECT) {
                    object(json, depth);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private Level level(int depth) {
        while (levels.size() <= depth) {
            levels.add(new Level());
        }
        return levels.get(depth);
    }

    private static boolean isName(String field) {
        return field.equalsIgnoreCase("id") || field.equals("eventId");
    }

    private static boolean isId(String field) {
        return field.endsWith("Id")
                || field.endsWith("ID")
                || field.equals("id")
                || field.endsWith("_id")
                || field.endsWith("-id");
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        int characters = 0;
        for (int depth = levels.size() - 1; depth >= 0; depth--) {
            Level level = levels.get(depth);
            for (List<String> ids : List.of(level.names, level.others)) {
                for (String id : ids) {
                    characters += id.length();
                    if (all.size() < MAX_IDS && characters <= MAX_CHARACTERS && !all.contains(id)) {
                        all.add(id);
                    }
                }
            }
        }
        return List.copyOf(all);
    }
}
