package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.event.RecordOrigin;

/**
 * One record of a dead letter, brought back.
 *
 * @param origin where it lies, or lay, in the stream
 * @param data its bytes
 */
public record ShardRecord(RecordOrigin origin, byte[] data) {

    public ShardRecord {
        requireNonNull(origin, "origin");
        requireNonNull(data, "data");
    }

    /** The same record with other bytes. */
    public ShardRecord with(byte[] other) {
        return new ShardRecord(origin, other);
    }
}
