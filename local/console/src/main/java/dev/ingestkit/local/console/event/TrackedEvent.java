package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.events.SequenceNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One event as the index knows it. Mutable; its index's lock guards it. */
final class TrackedEvent {

    private static final double NANOS_PER_MILLI = 1_000_000;

    final long number;
    final String id;
    /** The id in lower case, for searches; the same text if the id has no capitals. */
    final String foldedId;

    final Instant at;
    final String stream;
    final String shardId;
    final @Nullable SequenceNumber sequenceNumber;
    final int bytes;

    private EventState state;
    private long version;
    private int attempts;
    private @Nullable Instant finished;
    private @Nullable String reason;
    private boolean hadReason;
    private @Nullable String function;

    private TrackedEvent(
            long number,
            String id,
            Instant at,
            String stream,
            String shardId,
            @Nullable SequenceNumber sequenceNumber,
            int bytes,
            EventState state) {
        this.number = number;
        this.version = number;
        this.id = id;
        this.foldedId = id.toLowerCase(Locale.ROOT);
        this.at = at;
        this.stream = stream;
        this.shardId = shardId;
        this.sequenceNumber = sequenceNumber;
        this.bytes = bytes;
        this.state = state;
    }

    /** Creates an event that has entered a stream. */
    static TrackedEvent put(long number, Instant at, String id, Position position, int bytes) {
        return new TrackedEvent(
                number, id, at, position.stream(), position.shardId(), position.number(), bytes, EventState.IN_FLIGHT);
    }

    /** Creates an event that the API has rejected. */
    static TrackedEvent rejected(long number, Instant at, String id, String reason) {
        TrackedEvent event = new TrackedEvent(number, id, at, "", "", null, 0, EventState.REJECTED);
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

    /** Returns the summary that a list shows. */
    ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("number", number);
        json.put("version", version);
        json.put("id", id);
        json.put("state", state.label());
        json.put("at", at.toString());
        if (finished != null) {
            json.put("millis", Duration.between(at, finished).toNanos() / NANOS_PER_MILLI);
        }
        json.put("attempts", attempts);
        json.put("bytes", bytes);
        putText(json, "reason", reason);
        putText(json, "function", function);
        if (sequenceNumber != null) {
            json.put("stream", stream);
            json.put("shardId", shardId);
            json.put("sequenceNumber", sequenceNumber.toString());
        }
        return json;
    }

    private static void putText(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
