package dev.ingestkit.local.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A batch that a function failed for, with what is needed to repeat the failure: the records, where they came from, and
 * the circumstances. Immutable. The JSON form is versioned: its member {@code capsule} is {@value #VERSION}.
 *
 * @param failure the error message of the function or the runtime
 * @param circumstances the attempts, the mapping, the function's configuration, the faults and the clock, as the runtime
 *     reported them
 */
public record Capsule(
        String name, Instant savedAt, String failure, Source source, List<Item> records, JsonNode circumstances) {

    /** The version of the JSON form. */
    public static final int VERSION = 1;

    private static final ObjectMapper MAPPER = Json.mapper();

    /**
     * The origin of a batch and the function that received it.
     *
     * @param function the function's logical id in the template, or its name
     * @param stream the stream's ARN
     * @param code the hash of the function's code when it failed; empty where it is not known
     */
    public record Source(String function, String stream, String shardId, String code) {
        public Source {
            requireNonNull(function, "function");
            requireNonNull(stream, "stream");
            requireNonNull(shardId, "shardId");
            requireNonNull(code, "code");
        }
    }

    /**
     * A record of the batch.
     *
     * @param data the record's bytes
     */
    public record Item(String sequenceNumber, String partitionKey, Instant arrivedAt, byte[] data) {
        public Item {
            requireNonNull(sequenceNumber, "sequenceNumber");
            requireNonNull(partitionKey, "partitionKey");
            requireNonNull(arrivedAt, "arrivedAt");
            requireNonNull(data, "data");
        }
    }

    public Capsule {
        requireNonNull(name, "name");
        requireNonNull(savedAt, "savedAt");
        requireNonNull(failure, "failure");
        requireNonNull(source, "source");
        records = List.copyOf(records);
        requireNonNull(circumstances, "circumstances");
    }

    /**
     * Reads the JSON form.
     *
     * @throws IOException if the text is not JSON, or not a capsule of this version
     */
    public static Capsule parse(byte[] json) throws IOException {
        JsonNode root = MAPPER.readTree(json);
        int version = root.path("capsule").asInt();
        if (version != VERSION) {
            throw new IOException("the file is not a capsule of version %d: its member 'capsule' is %s"
                    .formatted(VERSION, root.path("capsule")));
        }
        JsonNode source = root.path("source");
        List<Item> records = new ArrayList<>();
        for (JsonNode record : root.path("records")) {
            records.add(new Item(
                    record.path("sequenceNumber").asText(),
                    record.path("partitionKey").asText(),
                    Instant.parse(record.path("arrivedAt").asText()),
                    record.path("data").binaryValue()));
        }
        return new Capsule(
                root.path("name").asText(),
                Instant.parse(root.path("savedAt").asText()),
                root.path("failure").asText(),
                new Source(
                        source.path("function").asText(),
                        source.path("stream").asText(),
                        source.path("shardId").asText(),
                        source.path("code").asText()),
                records,
                root.path("circumstances"));
    }

    /** Returns the JSON form, indented. */
    public byte[] json() {
        ObjectNode root = MAPPER.createObjectNode().put("capsule", VERSION).put("name", name);
        root.put("savedAt", savedAt.toString()).put("failure", failure);
        root.putObject("source")
                .put("function", source.function())
                .put("stream", source.stream())
                .put("shardId", source.shardId())
                .put("code", source.code());
        ArrayNode items = root.putArray("records");
        records.forEach(record -> items.addObject()
                .put("sequenceNumber", record.sequenceNumber())
                .put("partitionKey", record.partitionKey())
                .put("arrivedAt", record.arrivedAt().toString())
                .put("data", record.data()));
        root.set("circumstances", circumstances);
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON cannot be written", impossible);
        }
    }

    /**
     * Returns the event that the function received, as Lambda's event source mapping writes it.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Using Lambda with Kinesis</a>
     */
    public byte[] event() {
        ObjectNode event = MAPPER.createObjectNode();
        ArrayNode items = event.putArray("Records");
        for (Item record : records) {
            ObjectNode item = items.addObject();
            item.putObject("kinesis")
                    .put("kinesisSchemaVersion", "1.0")
                    .put("partitionKey", record.partitionKey())
                    .put("sequenceNumber", record.sequenceNumber())
                    .put("data", Base64.getEncoder().encodeToString(record.data()))
                    .put(
                            "approximateArrivalTimestamp",
                            BigDecimal.valueOf(record.arrivedAt().toEpochMilli(), 3));
            item.put("eventSource", "aws:kinesis")
                    .put("eventVersion", "1.0")
                    .put("eventID", source.shardId() + ":" + record.sequenceNumber())
                    .put("eventName", "aws:kinesis:record")
                    .put(
                            "awsRegion",
                            Arn.tryParse(source.stream()).map(Arn::region).orElse(""))
                    .put("eventSourceARN", source.stream());
        }
        return event.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
