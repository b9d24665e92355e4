package dev.ingestkit.local.mapping.failure;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The notice of records that a mapping gave up, for its on-failure destination. Immutable.
 *
 * @param mappingId the mapping's UUID
 * @param timestamp when they were given up
 * @param message AWS's JSON for queues and topics: the outcome and the range of records, without their data
 * @param event writes the event that the function received, records included
 */
public record FailureNotice(
        String mappingId, String shardId, Instant timestamp, String message, Supplier<byte[]> event) {

    public FailureNotice {
        requireNonNull(mappingId, "mappingId");
        requireNonNull(shardId, "shardId");
        requireNonNull(timestamp, "timestamp");
        requireNonNull(message, "message");
        requireNonNull(event, "event");
    }

    /** Returns AWS's JSON for buckets: the message with the event as its last member, {@code payload}. */
    public byte[] messageWithPayload() {
        byte[] head = message.substring(0, message.lastIndexOf('}')).getBytes(StandardCharsets.UTF_8);
        byte[] name = ",\"payload\":".getBytes(StandardCharsets.UTF_8);
        byte[] payload = event.get();
        ByteArrayOutputStream json = new ByteArrayOutputStream(head.length + name.length + payload.length + 1);
        json.writeBytes(head);
        json.writeBytes(name);
        json.writeBytes(payload);
        json.write('}');
        return json.toByteArray();
    }
}
