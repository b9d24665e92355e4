package dev.ingestkit.local.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** What a function received when it failed. Immutable. */
public sealed interface CapsuleContents {

    /** The kinds of contents. */
    enum Kind {
        RECORDS,
        EVENT
    }

    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** Returns the event that the function received, in UTF-8. */
    byte[] event();

    /** Returns the number of records, messages or notifications in the event; 1 for an event that is not a batch. */
    int size();

    /** Returns whether the event is a list of records, as an event source mapping writes it. */
    boolean isBatch();

    /**
     * A record of a Kinesis stream.
     *
     * @param data the record's bytes
     */
    record Item(String sequenceNumber, String partitionKey, Instant arrivedAt, byte[] data) {
        public Item {
            requireNonNull(sequenceNumber, "sequenceNumber");
            requireNonNull(partitionKey, "partitionKey");
            requireNonNull(arrivedAt, "arrivedAt");
            requireNonNull(data, "data");
        }
    }

    /**
     * A batch of records of one shard of a Kinesis stream.
     *
     * @param stream the stream's ARN
     */
    record Batch(String stream, String shardId, List<Item> items) implements CapsuleContents {
        public Batch {
            requireNonNull(stream, "stream");
            requireNonNull(shardId, "shardId");
            items = List.copyOf(items);
        }

        @Override
        public Kind kind() {
            return Kind.RECORDS;
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public boolean isBatch() {
            return true;
        }

        /**
         * Returns the event as Lambda's event source mapping writes it.
         *
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Using Lambda with Kinesis</a>
         */
        @Override
        public byte[] event() {
            ObjectNode event = Json.mapper().createObjectNode();
            ArrayNode records = event.putArray("Records");
            items.forEach(item -> write(item, records.addObject()));
            return event.toString().getBytes(StandardCharsets.UTF_8);
        }

        private void write(Item item, ObjectNode record) {
            record.putObject("kinesis")
                    .put("kinesisSchemaVersion", "1.0")
                    .put("partitionKey", item.partitionKey())
                    .put("sequenceNumber", item.sequenceNumber())
                    .put("data", Base64.getEncoder().encodeToString(item.data()))
                    .put(
                            "approximateArrivalTimestamp",
                            BigDecimal.valueOf(item.arrivedAt().toEpochMilli(), 3));
            record.put("eventSource", "aws:kinesis")
                    .put("eventVersion", "1.0")
                    .put("eventID", shardId + ":" + item.sequenceNumber())
                    .put("eventName", "aws:kinesis:record")
                    .put("awsRegion", Arn.tryParse(stream).map(Arn::region).orElse(""))
                    .put("eventSourceARN", stream);
        }
    }

    /**
     * An event of any source: a batch of a queue or of a table's stream, a notification, a request of an API, the event
     * of a direct invocation.
     *
     * @param received the event; nobody changes it
     */
    record Event(JsonNode received) implements CapsuleContents {
        public Event {
            requireNonNull(received, "received");
        }

        @Override
        public Kind kind() {
            return Kind.EVENT;
        }

        @Override
        public byte[] event() {
            return received.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int size() {
            return isBatch() ? received.path("Records").size() : 1;
        }

        @Override
        public boolean isBatch() {
            return !received.path("Records").isEmpty()
                    && received.path("Records").isArray();
        }
    }
}
