package dev.ingestkit.local.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An event that a function failed for, with what is needed to repeat the failure: the contents, and the circumstances.
 * Immutable. The JSON form is versioned by its member {@code capsule}: version {@value #VERSION_OF_RECORDS} holds the records
 * of a Kinesis stream, version {@value #VERSION_OF_EVENTS} the event of any other source.
 *
 * @param failure the error message of the function or the runtime
 * @param circumstances the attempts, the mapping, the function's configuration, the faults and the clock, as the runtime
 *     reported them
 */
public record Capsule(
        String name, Instant savedAt, String failure, Source source, CapsuleContents contents, JsonNode circumstances) {

    /** The version of the JSON form with records of a Kinesis stream. */
    public static final int VERSION_OF_RECORDS = 1;

    /** The version of the JSON form with the event of any source. */
    public static final int VERSION_OF_EVENTS = 2;

    private static final ObjectMapper MAPPER = Json.exactMapper();

    /**
     * The function that failed.
     *
     * @param function the function's logical id in the template, or its name
     * @param code the hash of the function's code when it failed; empty where it is not known
     */
    public record Source(String function, String code) {
        public Source {
            requireNonNull(function, "function");
            requireNonNull(code, "code");
        }
    }

    public Capsule {
        requireNonNull(name, "name");
        requireNonNull(savedAt, "savedAt");
        requireNonNull(failure, "failure");
        requireNonNull(source, "source");
        requireNonNull(contents, "contents");
        requireNonNull(circumstances, "circumstances");
    }

    /**
     * Reads the JSON form.
     *
     * @throws IOException if the text is not JSON, or not a capsule of a known version
     */
    public static Capsule parse(byte[] json) throws IOException {
        JsonNode root = MAPPER.readTree(json);
        CapsuleContents contents = contents(root);
        JsonNode source = root.path("source");
        return new Capsule(
                root.path("name").asText(),
                Instant.parse(root.path("savedAt").asText()),
                root.path("failure").asText(),
                new Source(source.path("function").asText(), source.path("code").asText()),
                contents,
                root.path("circumstances"));
    }

    private static CapsuleContents contents(JsonNode root) throws IOException {
        return switch (root.path("capsule").asInt()) {
            case VERSION_OF_RECORDS -> records(root);
            case VERSION_OF_EVENTS -> new CapsuleContents.Event(root.path("event"));
            default ->
                throw new IOException("the file is not a capsule of version %d or %d: its member 'capsule' is %s"
                        .formatted(VERSION_OF_RECORDS, VERSION_OF_EVENTS, root.path("capsule")));
        };
    }

    private static CapsuleContents.Batch records(JsonNode root) throws IOException {
        List<CapsuleContents.Item> records = new ArrayList<>();
        for (JsonNode record : root.path("records")) {
            records.add(new CapsuleContents.Item(
                    record.path("sequenceNumber").asText(),
                    record.path("partitionKey").asText(),
                    Instant.parse(record.path("arrivedAt").asText()),
                    record.path("data").binaryValue()));
        }
        JsonNode source = root.path("source");
        return new CapsuleContents.Batch(
                source.path("stream").asText(), source.path("shardId").asText(), records);
    }

    /** Returns the JSON form, indented. */
    public byte[] json() {
        ObjectNode root = MAPPER.createObjectNode();
        switch (contents.kind()) {
            case RECORDS -> write(root, (CapsuleContents.Batch) contents);
            case EVENT -> write(root, (CapsuleContents.Event) contents);
        }
        root.set("circumstances", circumstances);
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON cannot be written", impossible);
        }
    }

    private void write(ObjectNode root, CapsuleContents.Batch batch) {
        head(root, VERSION_OF_RECORDS)
                .put("function", source.function())
                .put("stream", batch.stream())
                .put("shardId", batch.shardId())
                .put("code", source.code());
        ArrayNode items = root.putArray("records");
        batch.items()
                .forEach(record -> items.addObject()
                        .put("sequenceNumber", record.sequenceNumber())
                        .put("partitionKey", record.partitionKey())
                        .put("arrivedAt", record.arrivedAt().toString())
                        .put("data", record.data()));
    }

    private void write(ObjectNode root, CapsuleContents.Event event) {
        head(root, VERSION_OF_EVENTS).put("function", source.function()).put("code", source.code());
        root.set("event", event.received());
    }

    /** Writes what both versions have, and returns the object of the source, still empty. */
    private ObjectNode head(ObjectNode root, int version) {
        root.put("capsule", version).put("name", name);
        root.put("savedAt", savedAt.toString()).put("failure", failure);
        return root.putObject("source");
    }

    /** Returns the event that the function received, in UTF-8. */
    public byte[] event() {
        return contents.event();
    }

    /** Returns the number of records, messages or notifications in the event; 1 for an event that is not a batch. */
    public int size() {
        return contents.size();
    }
}
