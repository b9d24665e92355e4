package dev.ingestkit.local.functions;

import org.jspecify.annotations.Nullable;

/**
 * Receives the output of functions, line by line, in the order of each execution environment. Called from the threads
 * that read the functions' output, so it must not block. Must be thread-safe.
 */
@FunctionalInterface
public interface FunctionLog {

    /** Drops all lines; each invocation still keeps its own tail. */
    FunctionLog NONE = line -> {};

    void line(Line line);

    /** The sources of log lines. */
    enum Source {
        /** Lambda's own START, END and REPORT. */
        PLATFORM,
        /** The context's logger. */
        LOGGER,
        STDOUT,
        STDERR,
        /** The function's JVM itself, outside its execution environments. */
        JVM
    }

    /**
     * One line.
     *
     * @param requestId null for output outside of an invocation
     * @param text without the line's end
     */
    record Line(String function, @Nullable String requestId, Source source, String text) {}
}
