package dev.ingestkit.local.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The position at which a new event source mapping begins in its stream. Once a checkpoint is stored, the checkpoint
 * applies.
 */
public sealed interface StartingPosition {

    /** The kinds of positions, named as the Lambda API names them. */
    enum Kind {
        TRIM_HORIZON,
        LATEST,
        AT_TIMESTAMP
    }

    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** Returns the time at which the mapping begins; empty for positions without a time. */
    default Optional<Instant> timestamp() {
        return switch (kind()) {
            case TRIM_HORIZON, LATEST -> Optional.empty();
            case AT_TIMESTAMP -> Optional.of(((AtTimestamp) this).from());
        };
    }

    /** Returns the position of the oldest record that is retained. */
    static StartingPosition trimHorizon() {
        return new TrimHorizon();
    }

    /** Returns the position of the first record put after the mapping was created. */
    static StartingPosition latest() {
        return new Latest();
    }

    /** Returns the position of the first record that arrived at or after a time. */
    static StartingPosition atTimestamp(Instant from) {
        return new AtTimestamp(from);
    }

    /** The oldest retained record. */
    record TrimHorizon() implements StartingPosition {
        @Override
        public Kind kind() {
            return Kind.TRIM_HORIZON;
        }
    }

    /** The first record put after the mapping was created. */
    record Latest() implements StartingPosition {
        @Override
        public Kind kind() {
            return Kind.LATEST;
        }
    }

    /** The first record that arrived at or after a time. */
    record AtTimestamp(Instant from) implements StartingPosition {

        public AtTimestamp {
            requireNonNull(from, "from");
        }

        @Override
        public Kind kind() {
            return Kind.AT_TIMESTAMP;
        }
    }
}
