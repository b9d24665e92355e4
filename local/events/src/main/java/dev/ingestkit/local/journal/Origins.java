package dev.ingestkit.local.journal;

import java.util.Optional;

/**
 * Finds the invocation that a call came from. Each invocation has a trace header of its own, and AWS SDKs inside a function
 * send it on with their calls. Thread-safe.
 */
@FunctionalInterface
public interface Origins {

    /** Nothing is attributed: every call counts as a client's own. */
    Origins NONE = traceHeader -> Optional.empty();

    /**
     * Returns the invocation that a call came from.
     *
     * @param traceHeader the value of {@code X-Amzn-Trace-Id} as it came
     * @return empty when no running or recent invocation has that trace
     */
    Optional<Origin> origin(String traceHeader);
}
