package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event and what became of it. The components are its JSON form.
 *
 * @param id the body's {@code eventId}, else the partition key
 * @param time when it came: into the stream, or to be rejected
 * @param millis from then to its end; null while it is under way
 * @param attempts how often a batch with it was given to the function
 * @param reason why it is dead or rejected, or the last attempt's error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventWay(
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

    public EventWay {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
        requireNonNull(time, "time");
    }
}
