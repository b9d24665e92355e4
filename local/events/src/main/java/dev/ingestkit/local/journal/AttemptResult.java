package dev.ingestkit.local.journal;

import org.jspecify.annotations.Nullable;

/**
 * The result of one invocation for a batch. Immutable.
 *
 * @param failed the records, messages or events that were not processed
 * @param attempt counts the invocations for the same batch from 1
 * @param error the function's or the runtime's words; null after a success
 * @param micros the time that the invocation took, in microseconds
 */
public record AttemptResult(
        int failed,
        int attempt,
        JournalEvent.Attempt.Outcome outcome,
        @Nullable String error,
        long micros) {}
