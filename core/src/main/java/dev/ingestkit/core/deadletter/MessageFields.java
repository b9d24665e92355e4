package dev.ingestkit.core.deadletter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.core.json.StrictJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scalar fields of a message's objects by dotted path; arrays are skipped. */
final class MessageFields {

    private static final int MAX_DEPTH = 16;

    private final Map<String, String> values = new LinkedHashMap<>();

    private MessageFields() {}

    static MessageFields of(String message) throws DeadLetterFormatException {
        MessageFields fields = new MessageFields();
        try (JsonParser json = StrictJson.parser(message)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new DeadLetterFormatException("the message is not a JSON object, so it is not a dead letter");
            }
            fields.read(json, "", 0);
            if (json.nextToken() != null) {
                throw new DeadLetterFormatException(
                        "more follows the message's JSON object, so it is not a dead letter");
            }
        } catch (IOException e) {
            throw new DeadLetterFormatException("the message is not JSON, so it is not a dead letter", e);
        }
        return fields;
    }

    private void read(JsonParser json, String prefix, int depth) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String path = prefix + json.currentName();
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_OBJECT && depth < MAX_DEPTH) {
                read(json, path + '.', depth + 1);
            } else if (token.isScalarValue()) {
                if (token != JsonToken.VALUE_NULL) {
                    values.put(path, json.getText());
                }
            } else {
                json.skipChildren();
            }
        }
    }

    /** Returns the field at {@code path}; null if it is absent or JSON's null. */
    @Nullable
    String optional(String path) {
        return values.get(path);
    }

    String text(String path) throws DeadLetterFormatException {
        String value = values.get(path);
        if (value == null) {
            throw new DeadLetterFormatException("the dead letter lacks '" + path + "'; it has " + values.keySet());
        }
        return value;
    }

    int integer(String path) throws DeadLetterFormatException {
        String value = text(path);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new DeadLetterFormatException("'" + path + "' is not an integer: '" + value + "'", e);
        }
    }

    Instant instant(String path) throws DeadLetterFormatException {
        String value = text(path);
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new DeadLetterFormatException("'" + path + "' is not an ISO 8601 instant: '" + value + "'", e);
        }
    }

    boolean hasObject(String name) {
        return values.keySet().stream().anyMatch(path -> path.startsWith(name + '.'));
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
