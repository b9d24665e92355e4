package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event in flight. Not thread-safe. */
final class PendingEvent {

    private final String id;
    private final Instant time;
    private final String stream;
    private final String shard;
    private final SequenceNumber sequenceNumber;
    private final String partitionKey;
    private final int bytes;
    private int attempts;
    private boolean open = true;
    private @Nullable String error;

    PendingEvent(String id, Instant time, JournalEvent.Put put) {
        this.id = requireNonNull(id, "id");
        this.time = requireNonNull(time, "time");
        this.stream = Arn.nameIn(put.stream());
        this.shard = put.shardId();
        this.sequenceNumber = SequenceNumber.parse(put.sequenceNumber());
        this.partitionKey = put.partitionKey();
        this.bytes = put.bytes();
    }

    String id() {
        return id;
    }

    /** Returns the name of the event's stream. */
    String stream() {
        return stream;
    }

    String shard() {
        return shard;
    }

    SequenceNumber sequenceNumber() {
        return sequenceNumber;
    }

    boolean open() {
        return open;
    }

    void close() {
        open = false;
    }

    boolean attempted() {
        return attempts > 0;
    }

    void attempt(int number) {
        attempts = Math.max(attempts, number);
    }

    void failed(@Nullable String reason) {
        error = reason == null ? error : reason;
    }

    @Nullable
    String error() {
        return error;
    }

    EventTrace pending() {
        return trace(EventStatus.IN_FLIGHT, null, error);
    }

    EventTrace finished(EventStatus status, Instant at, @Nullable String reason) {
        // The event's put entry may have come after the entry of its outcome.
        return trace(status, Math.max(0, Duration.between(time, at).toNanos() / 1e6), reason);
    }

    private EventTrace trace(EventStatus status, @Nullable Double millis, @Nullable String reason) {
        return new EventTrace(
                id,
                status,
                time,
                millis,
                attempts,
                reason,
                EventTrace.Carrier.record(stream, shard, sequenceNumber.toString(), partitionKey, bytes));
    }
}
