package dev.ingestkit.local.mapping;

import org.jspecify.annotations.Nullable;

/** What came of delivering one batch. */
sealed interface InvokeOutcome {

    /**
     * All of it is done.
     *
     * @param state the tumbling window's new state as JSON; null without a window
     */
    record Succeeded(@Nullable String state) implements InvokeOutcome {}

    /**
     * The answer names a first failed record behind which the checkpoint moves up.
     *
     * @param firstFailed its index in the batch, at least 1
     */
    record PartlyFailed(int firstFailed, @Nullable String state, FailedAttempt attempt) implements InvokeOutcome {}

    /** Nothing of it is done, and it counts as an attempt. */
    record Failed(FailedAttempt attempt) implements InvokeOutcome {}

    /** The function never had it: does not count as an attempt. */
    record NotInvoked(FailedAttempt attempt) implements InvokeOutcome {}
}
