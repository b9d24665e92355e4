package dev.ingestkit.local.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A delivery that failed, as an on-failure message describes it.
 *
 * @param requestId the invocation's id; null if there was none
 * @param answered whether the function ran and answered: only then the message has a response context
 * @param functionError {@code Unhandled} or {@code Handled}; null when the answer itself named the failures
 * @param reason for people
 */
record FailedAttempt(
        @Nullable String requestId,
        boolean answered,
        @Nullable String functionError,
        String reason) {}
