package dev.ingestkit.local.journal;

import java.util.Optional;

/**
 * Finds the invocation that made a call. Each invocation has its own trace header, and AWS SDKs inside a function
 * pass it on with their calls. Thread-safe.
 */
@FunctionalInterface
public interface Origins {

    /** Attributes no call: every call counts as a client's own. */
    Origins NONE = traceHeader -> Optional.empty();

    /**
     * Returns the invocation that made a call.
     *
     * @param traceHeader the value of {@code X-Amzn-Trace-Id} as received
     * @return empty when no running or recent invocation has that trace
     */
    Optional<Origin> origin(String traceHeader);
}
