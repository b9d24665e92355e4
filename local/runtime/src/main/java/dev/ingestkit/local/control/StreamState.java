package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

/**
 * A stream and the shards that take its records.
 *
 * @param status the status as Kinesis spells it
 */
public record StreamState(String name, String status, int openShards) {

    public StreamState {
        requireNonNull(name, "name");
        requireNonNull(status, "status");
    }
}
