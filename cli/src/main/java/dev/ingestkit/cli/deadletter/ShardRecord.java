package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.event.RecordOrigin;

/**
 * One recovered record of a dead letter.
 *
 * @param origin its position in the stream, from which it may have expired
 * @param data the event's bytes
 */
public record ShardRecord(RecordOrigin origin, byte[] data) {

    public ShardRecord {
        requireNonNull(origin, "origin");
        requireNonNull(data, "data");
    }

    /** Returns the record with other bytes. */
    public ShardRecord with(byte[] other) {
        return new ShardRecord(origin, other);
    }
}
