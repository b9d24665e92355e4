package dev.ingestkit.local.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A failed delivery, as an on-failure message describes it.
 *
 * @param requestId the invocation's id; null if there was none
 * @param answered whether the function ran and answered: only then does the message have a response context
 * @param functionError {@code Unhandled} or {@code Handled}; null when the answer itself named the failures
 * @param reason the reason as a sentence, for the log
 */
record FailedAttempt(
        @Nullable String requestId,
        boolean answered,
        @Nullable String functionError,
        String reason) {}
