package dev.ingestkit.local.mapping;

import java.time.Instant;

/** How far a shard has come, and its written form in a {@link CheckpointStore}. */
sealed interface Checkpoint {

    /** The shard is closed and all of it is done with. */
    record ShardEnd() implements Checkpoint {}

    /** This record and all before it are done with. */
    record Done(String sequenceNumber) implements Checkpoint {}

    /** Nothing was read yet; the mapping began at this time. */
    record Since(Instant time) implements Checkpoint {}

    String SHARD_END = "SHARD_END";
    String TIMESTAMP = "TIMESTAMP/";

    static Checkpoint parse(String text) {
        if (text.equals(SHARD_END)) {
            return new ShardEnd();
        }
        return text.startsWith(TIMESTAMP)
                ? new Since(Instant.parse(text.substring(TIMESTAMP.length())))
                : new Done(text);
    }

    default String text() {
        if (this instanceof Done done) {
            return done.sequenceNumber();
        }
        return this instanceof Since since ? TIMESTAMP + since.time() : SHARD_END;
    }
}
