package dev.ingestkit.local.mapping.queue;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A queue mapping's counts since it was created in this process. Immutable.
 *
 * @param delivered messages that the function has processed
 * @param failed invocations that failed in whole or in part
 * @param filtered messages that no filter let pass, which were deleted
 * @param inFlight invocations in flight
 * @param lastResult {@code No records processed}, {@code OK}, or the latest problem
 * @param lastError the latest failure of any kind; null if there was none
 */
public record QueueMappingMetrics(
        long delivered,
        long failed,
        long filtered,
        int inFlight,
        String lastResult,
        @Nullable String lastError) {

    /** Returns the latest failure of any kind. */
    public Optional<String> error() {
        return Optional.ofNullable(lastError);
    }
}
