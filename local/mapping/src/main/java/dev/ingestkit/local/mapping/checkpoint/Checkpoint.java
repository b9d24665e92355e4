package dev.ingestkit.local.mapping.checkpoint;

import dev.ingestkit.local.events.SequenceNumber;
import java.time.Instant;

/** A shard's progress, with the text form that a {@link CheckpointStore} keeps. */
public sealed interface Checkpoint {

    /** The kinds of checkpoints. */
    enum Kind {
        SHARD_END,
        DONE,
        SINCE
    }

    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** Returns the text to store. */
    String text();

    /**
     * Reads a stored text.
     *
     * @throws IllegalArgumentException if the text is not a checkpoint
     */
    static Checkpoint parse(String text) {
        if (text.equals(ShardEnd.TEXT)) {
            return new ShardEnd();
        }
        return text.startsWith(Since.PREFIX)
                ? new Since(Instant.parse(text.substring(Since.PREFIX.length())))
                : new Done(SequenceNumber.parse(text));
    }

    /** The shard is closed and all of it has been processed. */
    record ShardEnd() implements Checkpoint {

        private static final String TEXT = "SHARD_END";

        @Override
        public Kind kind() {
            return Kind.SHARD_END;
        }

        @Override
        public String text() {
            return TEXT;
        }
    }

    /** A record and all before it have been processed. */
    record Done(SequenceNumber sequenceNumber) implements Checkpoint {

        @Override
        public Kind kind() {
            return Kind.DONE;
        }

        @Override
        public String text() {
            return sequenceNumber.toString();
        }
    }

    /** No record has been read yet; the mapping started at a time. */
    record Since(Instant time) implements Checkpoint {

        private static final String PREFIX = "TIMESTAMP/";

        @Override
        public Kind kind() {
            return Kind.SINCE;
        }

        @Override
        public String text() {
            return PREFIX + time;
        }
    }
}
