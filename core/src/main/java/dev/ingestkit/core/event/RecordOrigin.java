package dev.ingestkit.core.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The position of an event in a stream: enough to read the record again while the stream retains it.
 *
 * @param stream the stream's ARN
 * @param shard the shard's id
 * @param sequenceNumber the record's sequence number, decimal digits
 * @param partitionKey the record's partition key: the id of the request's path
 * @param arrivedAt the record's approximate arrival time
 */
public record RecordOrigin(String stream, String shard, String sequenceNumber, String partitionKey, Instant arrivedAt) {

    public RecordOrigin {
        requireNonNull(stream, "stream");
        requireNonNull(shard, "shard");
        requireNonNull(sequenceNumber, "sequenceNumber");
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(arrivedAt, "arrivedAt");
    }

    /** Orders this record among others with the same event id. */
    public EventVersion version() {
        return EventVersion.of(arrivedAt, sequenceNumber);
    }
}
