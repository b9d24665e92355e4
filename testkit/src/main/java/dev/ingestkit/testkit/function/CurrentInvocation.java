package dev.ingestkit.testkit.function;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The invocation that a replaced handler runs for, on the handler's thread and on threads that it starts. A handler of
 * the test has the test's environment variables, so the SDK finds no trace header there. Thread-safe.
 */
public final class CurrentInvocation {

    private static final InheritableThreadLocal<@Nullable String> TRACE_HEADER = new InheritableThreadLocal<>();

    private CurrentInvocation() {}

    /** Returns the trace header that a call of this thread carries; empty outside of a handler. */
    public static Optional<String> traceHeader() {
        return Optional.ofNullable(TRACE_HEADER.get());
    }

    static void begin(String traceHeader) {
        TRACE_HEADER.set(traceHeader);
    }
}
