package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.StreamSource.ShardReader;
import java.util.Optional;

/** The state of a shard's reading side. */
sealed interface FeedState {

    /** Returns the open reader, if there is one. */
    Optional<ShardReader> reader();

    /** Returns whether a call is in flight that a pause must wait for. */
    default boolean calling() {
        return false;
    }

    /** Returns whether all records that were put have been read. */
    default boolean caughtUp() {
        return false;
    }

    /** No reader is open: before the first, between two, or after the last. */
    record Closed() implements FeedState {
        @Override
        public Optional<ShardReader> reader() {
            return Optional.empty();
        }
    }

    /** A reader is being opened. */
    record Opening() implements FeedState {
        @Override
        public Optional<ShardReader> reader() {
            return Optional.empty();
        }

        @Override
        public boolean calling() {
            return true;
        }
    }

    /** A reader is open, and no call is in flight. */
    record Idle(ShardReader open, boolean caughtUp) implements FeedState {
        @Override
        public Optional<ShardReader> reader() {
            return Optional.of(open);
        }
    }

    /**
     * A read is in flight.
     *
     * @param caughtUp whether the previous read reached the end
     */
    record Reading(ShardReader open, boolean caughtUp) implements FeedState {
        @Override
        public Optional<ShardReader> reader() {
            return Optional.of(open);
        }

        @Override
        public boolean calling() {
            return true;
        }
    }

    /** All records have been read; the reader will report the next one. */
    record Waiting(ShardReader open) implements FeedState {
        @Override
        public Optional<ShardReader> reader() {
            return Optional.of(open);
        }

        @Override
        public boolean caughtUp() {
            return true;
        }
    }

    /** The shard is closed, and all its records have been read. */
    record Ended(ShardReader open) implements FeedState {
        @Override
        public Optional<ShardReader> reader() {
            return Optional.of(open);
        }

        @Override
        public boolean caughtUp() {
            return true;
        }
    }
}
