package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event's trace: its outcome, time and attempts. The components are its JSON form.
 *
 * @param id the body's {@code eventId}, otherwise the partition key
 * @param time the arrival in the stream, or the rejection
 * @param millis the time from arrival to outcome; null while it is in flight
 * @param attempts the number of deliveries of a batch that contains the event
 * @param reason the reason for its dead letter or rejection, or the last attempt's error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventTrace(
        String id,
        EventStatus status,
        Instant time,
        @Nullable Double millis,
        int attempts,
        @Nullable String reason,
        @JsonUnwrapped StreamRecord record) {

    public EventTrace {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
        requireNonNull(time, "time");
        requireNonNull(record, "record");
    }

    /**
     * The record that carries the event; without values if the event was rejected.
     *
     * @param stream the stream's name
     * @param bytes the size of the payload
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StreamRecord(
            @Nullable String stream,
            @Nullable String shardId,
            @Nullable String sequenceNumber,
            @Nullable String partitionKey,
            int bytes) {

        static final StreamRecord NONE = new StreamRecord(null, null, null, null, 0);
    }

    /** Returns the shard's id, if the event is in the stream. */
    public @Nullable String shardId() {
        return record.shardId();
    }

    /** Returns the record's sequence number, if the event is in the stream. */
    public @Nullable String sequenceNumber() {
        return record.sequenceNumber();
    }

    /** Returns the record's partition key, if the event is in the stream. */
    public @Nullable String partitionKey() {
        return record.partitionKey();
    }
}
