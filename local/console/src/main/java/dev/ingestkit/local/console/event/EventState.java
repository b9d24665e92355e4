package dev.ingestkit.local.console.event;

import java.util.Locale;
import java.util.Optional;

/** The states of an event, as the tool's {@code tail} and {@code trace} name them. */
enum EventState {
    /** In a queue, and not yet received by a function. */
    QUEUED,
    /** In the stream, and not yet finished; or returned to its queue by a function. */
    IN_FLIGHT,
    /** In a table. */
    STORED,
    /** Processed by a function that wrote no item under the event's id. */
    PROCESSED,
    /** Processed without a write: the table already holds the event or a newer version. */
    UNCHANGED,
    /** In the dead letter queue: parked by the function, on-failure from the mapping, or moved by its queue's redrive policy. */
    DEAD,
    /** Rejected by the API, and never in the stream. */
    REJECTED,
    /** Dropped by the mapping's filter. */
    FILTERED,
    /** Expired from the stream or the queue before it was read, or purged with the queue. */
    EXPIRED;

    /** Returns the state's word in JSON. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a word; empty if it names no state. */
    static Optional<EventState> of(String label) {
        for (EventState state : values()) {
            if (state.label().equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
