package dev.ingestkit.cli.tail;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of an event. */
public enum EventStatus {
    /** In a queue, and not yet received by a function. */
    QUEUED,
    /** In the stream, or received from its queue, and not yet finished. */
    IN_FLIGHT,
    /** In the table. */
    STORED,
    /**
     * Processed by a function whose table does not have the kit's layout, so that its items for the event are unknown.
     */
    PROCESSED,
    /** Processed without a write: the table already holds the event or a newer version. */
    UNCHANGED,
    /** In the dead letter queue: parked by the function, or on-failure from the mapping. */
    DEAD,
    /** Rejected by the API, and never in the stream. */
    REJECTED,
    /** Dropped by the mapping's filter. */
    FILTERED,
    /** Expired from the stream or the queue before it was read, or purged with the queue. */
    EXPIRED;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
