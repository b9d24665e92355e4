package dev.ingestkit.cli.tail;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of an event. */
public enum EventStatus {
    /** In the stream, and not at its end yet. */
    UNDER_WAY,
    /** In the table. */
    STORED,
    /** Processed, and nothing was written: the table has it already, or something newer. */
    UNCHANGED,
    /** In the dead letter queue: parked by the function, or given up by the mapping. */
    DEAD,
    /** Refused by the API: it never was in the stream. */
    REJECTED,
    /** Left out by the mapping's filter. */
    FILTERED,
    /** Left the stream before it was read. */
    EXPIRED;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
