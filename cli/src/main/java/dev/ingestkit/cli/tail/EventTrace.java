package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
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
        @Nullable String shardId,
        @Nullable String sequenceNumber,
        @Nullable String partitionKey,
        int bytes) {

    public EventTrace {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
        requireNonNull(time, "time");
    }
}
