package dev.ingestkit.local.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome of delivering one batch. */
sealed interface InvokeOutcome {

    /** The kinds of outcomes. */
    enum Kind {
        SUCCEEDED,
        PARTLY_FAILED,
        FAILED,
        NOT_INVOKED
    }

    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** Returns the failure, unless all records were processed. */
    Optional<FailedAttempt> failure();

    /**
     * All records have been processed.
     *
     * @param state the tumbling window's new state as JSON; null without a window
     */
    record Succeeded(@Nullable String state) implements InvokeOutcome {
        @Override
        public Kind kind() {
            return Kind.SUCCEEDED;
        }

        @Override
        public Optional<FailedAttempt> failure() {
            return Optional.empty();
        }
    }

    /**
     * The answer names a first failed record, up to which the checkpoint moves.
     *
     * @param firstFailed its index in the batch, at least 1
     */
    record PartlyFailed(int firstFailed, @Nullable String state, FailedAttempt attempt) implements InvokeOutcome {
        @Override
        public Kind kind() {
            return Kind.PARTLY_FAILED;
        }

        @Override
        public Optional<FailedAttempt> failure() {
            return Optional.of(attempt);
        }
    }

    /** No record has been processed, and the delivery counts as an attempt. */
    record Failed(FailedAttempt attempt) implements InvokeOutcome {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }

        @Override
        public Optional<FailedAttempt> failure() {
            return Optional.of(attempt);
        }
    }

    /** The batch never reached the function, so the delivery does not count as an attempt. */
    record NotInvoked(FailedAttempt attempt) implements InvokeOutcome {
        @Override
        public Kind kind() {
            return Kind.NOT_INVOKED;
        }

        @Override
        public Optional<FailedAttempt> failure() {
            return Optional.of(attempt);
        }
    }
}
