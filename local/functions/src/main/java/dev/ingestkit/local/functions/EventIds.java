package dev.ingestkit.local.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the event ids of an invocation: the partition keys of a stream's records, the path parameters of a request. */
final class EventIds {

    private EventIds() {}

    /** Returns none for a payload of another kind. */
    static List<String> of(byte[] payload) {
        List<String> ids = new ArrayList<>();
        try {
            JsonNode event = Json.mapper().readTree(payload);
            event.path("Records")
                    .forEach(record -> add(ids, record.path("kinesis").path("partitionKey")));
            event.path("pathParameters").forEach(value -> add(ids, value));
        } catch (IOException notJson) {
            return List.of();
        }
        return ids;
    }

    private static void add(List<String> ids, JsonNode id) {
        if (id.isTextual()) {
            ids.add(id.asText());
        }
    }
}
