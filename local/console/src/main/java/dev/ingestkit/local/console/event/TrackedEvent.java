package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.events.SequenceNumber;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One event as the index knows it. Mutable; its index's lock guards it. */
final class TrackedEvent {

    private static final double NANOS_PER_MILLI = 1_000_000;

    final long number;
    final String id;
    /** The id in lower case, for searches, with a message's other ids; the same text if there is nothing to change. */
    final String foldedId;

    final Instant at;
    final String stream;
    final String shardId;
    final @Nullable SequenceNumber sequenceNumber;
    /** Where an event came from that did not enter by a stream. */
    final @Nullable MessageOrigin message;

    final int bytes;

    private EventState state;
    private long version;
    private int attempts;
    private @Nullable Instant finished;
    private @Nullable String reason;
    private boolean hadReason;
    private @Nullable String function;
    private @Nullable String failedRequest;

    private TrackedEvent(
            long number,
            String id,
            Instant at,
            String stream,
            String shardId,
            @Nullable SequenceNumber sequenceNumber,
            @Nullable MessageOrigin message,
            int bytes,
            EventState state) {
        this.number = number;
        this.version = number;
        this.id = id;
        this.foldedId = message == null ? id.toLowerCase(Locale.ROOT) : message.foldedIds;
        this.at = at;
        this.stream = stream;
        this.shardId = shardId;
        this.sequenceNumber = sequenceNumber;
        this.message = message;
        this.bytes = bytes;
        this.state = state;
    }

    /** Creates an event that has entered a stream. */
    static TrackedEvent put(long number, Instant at, String id, Position position, int bytes) {
        return new TrackedEvent(
                number,
                id,
                at,
                position.stream(),
                position.shardId(),
                position.number(),
                null,
                bytes,
                EventState.IN_FLIGHT);
    }

    /** Creates an event that has entered a queue, or came from a topic, a rule or a schedule. */
    static TrackedEvent message(long number, Instant at, MessageOrigin origin, int bytes) {
        return new TrackedEvent(number, origin.name(), at, "", "", null, origin, bytes, EventState.QUEUED);
    }

    /** Creates an event that the API has rejected. */
    static TrackedEvent rejected(long number, Instant at, String id, String reason) {
        TrackedEvent event = new TrackedEvent(number, id, at, "", "", null, null, 0, EventState.REJECTED);
        event.finished = at;
        event.setReason(reason);
        return event;
    }

    /** The position of a record. */
    record Position(String stream, String shardId, SequenceNumber number) {}

    EventState state() {
        return state;
    }

    /** Returns the number of the journal's entry that changed the event last. */
    long version() {
        return version;
    }

    @Nullable
    String reason() {
        return reason;
    }

    /** Returns whether the event has a reason or had one before its latest change. */
    boolean hadReason() {
        return hadReason;
    }

    boolean isOpen() {
        return state == EventState.IN_FLIGHT;
    }

    int attempts() {
        return attempts;
    }

    boolean isAttempted() {
        return attempts > 0;
    }

    @Nullable
    Instant finishedAt() {
        return finished;
    }

    void attempt(long entry, String by, int attempt) {
        version = entry;
        function = by;
        attempts = Math.max(attempts, attempt);
    }

    void failed(long entry, @Nullable String error) {
        version = entry;
        if (error != null) {
            setReason(error);
        }
    }

    /** Returns the request of the last invocation that has not processed the event; null if none is known. */
    @Nullable
    String failedRequest() {
        return failedRequest;
    }

    /** Notes that a function has not processed the event, which will be delivered again. */
    void returned(long entry, @Nullable String error, @Nullable String request) {
        failedRequest = request == null ? failedRequest : request;
        state = EventState.IN_FLIGHT;
        finished = null;
        failed(entry, error);
    }

    void finish(long entry, Instant when, EventState outcome, @Nullable String cause) {
        version = entry;
        finished = when;
        state = outcome;
        setReason(cause);
    }

    private void setReason(@Nullable String changed) {
        reason = changed;
        hadReason |= changed != null;
    }

    /** Writes the summary that a list shows. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", number);
        json.writeNumberField("version", version);
        json.writeStringField("id", id);
        json.writeStringField("state", state.label());
        json.writeStringField("at", at.toString());
        if (finished != null) {
            json.writeNumberField("millis", Duration.between(at, finished).toNanos() / NANOS_PER_MILLI);
        }
        json.writeNumberField("attempts", attempts);
        json.writeNumberField("bytes", bytes);
        writeText(json, "reason", reason);
        writeText(json, "function", function);
        if (message != null) {
            message.write(json);
        }
        if (sequenceNumber != null) {
            json.writeStringField("stream", stream);
            json.writeStringField("shardId", shardId);
            json.writeStringField("sequenceNumber", sequenceNumber.toString());
        }
        json.writeEndObject();
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
