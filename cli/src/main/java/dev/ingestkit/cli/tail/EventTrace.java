package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event's trace: its outcome, time and attempts. The components are its JSON form.
 *
 * @param id the body's {@code eventId}, otherwise the partition key; a message's first id in its body, otherwise its own
 * @param time the arrival in the stream or the queue, or the rejection
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
        @JsonUnwrapped Carrier record) {

    public EventTrace {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
        requireNonNull(time, "time");
        requireNonNull(record, "record");
    }

    /**
     * The record or the message that carries the event; without values if the event was rejected.
     *
     * @param stream the stream's name
     * @param source the name of the queue, the topic, the rule or the schedule
     * @param bodyIds the ids in the message's body
     * @param bytes the size of the payload
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Carrier(
            @Nullable String stream,
            @Nullable String shardId,
            @Nullable String sequenceNumber,
            @Nullable String partitionKey,
            @Nullable String source,
            @Nullable String messageId,
            @Nullable List<String> bodyIds,
            int bytes) {

        static final Carrier NONE = new Carrier(null, null, null, null, null, null, null, 0);

        static Carrier record(String stream, String shardId, String sequenceNumber, String partitionKey, int bytes) {
            return new Carrier(stream, shardId, sequenceNumber, partitionKey, null, null, null, bytes);
        }

        static Carrier message(String source, String messageId, List<String> bodyIds, int bytes) {
            return new Carrier(null, null, null, null, source, messageId, bodyIds, bytes);
        }

        /** Returns the name of a message's event: the first id in its body, otherwise its own. */
        String name() {
            return bodyIds == null || bodyIds.isEmpty() ? String.valueOf(messageId) : bodyIds.get(0);
        }
    }

    /** Returns whether the event's message has an id, or its body does. */
    public boolean isMessage(String wanted) {
        return wanted.equals(record.messageId())
                || (record.bodyIds() != null && record.bodyIds().contains(wanted));
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
