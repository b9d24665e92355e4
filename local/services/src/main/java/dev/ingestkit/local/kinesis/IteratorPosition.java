package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import java.time.Instant;

/**
 * The position in a shard at which a reader starts. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html">GetShardIterator</a>
 */
public sealed interface IteratorPosition {

    /** Calls the visitor's method for this kind of position. */
    <T> T accept(Visitor<T> visitor);

    /** One method per kind of position, so that a new kind breaks every use that does not handle it. */
    interface Visitor<T> {

        T trimHorizon();

        T latest();

        T atTimestamp(Instant from);

        T atSequenceNumber(SequenceNumber number);

        T afterSequenceNumber(SequenceNumber number);
    }

    /** The oldest retained record. */
    record TrimHorizon() implements IteratorPosition {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.trimHorizon();
        }
    }

    /** The first record put after this position is created. */
    record Latest() implements IteratorPosition {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.latest();
        }
    }

    /** The first record that arrived at the time or later. */
    record AtTimestamp(Instant from) implements IteratorPosition {
        public AtTimestamp {
            requireNonNull(from, "from");
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.atTimestamp(from);
        }
    }

    /** The record with the number; the oldest retained one if it has expired. */
    record AtSequenceNumber(SequenceNumber number) implements IteratorPosition {
        public AtSequenceNumber {
            requireNonNull(number, "number");
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.atSequenceNumber(number);
        }
    }

    /** The record after the one with the number; the oldest retained one if that has expired. */
    record AfterSequenceNumber(SequenceNumber number) implements IteratorPosition {
        public AfterSequenceNumber {
            requireNonNull(number, "number");
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.afterSequenceNumber(number);
        }
    }
}
