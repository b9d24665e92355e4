package dev.ingestkit.local.functions;

import dev.ingestkit.local.journal.Origin;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The state of a call when an environment is about to run it: a trace header and a deadline.
 *
 * @param traceHeader attributes the calls of the invocation to it
 * @param deadline when the time is over, in milliseconds since 1970
 */
record CallStart(String traceHeader, long deadline) {

    /**
     * Starts a call.
     *
     * @param allowed the time after which the call times out
     * @param initMicros the time that its environment took to open, in microseconds; 0 unless the call is its first
     * @param timer ends the call when the time is over, and is canceled with the call's end; null if another one does
     */
    static CallStart of(
            FunctionServices services,
            FunctionConfig config,
            Call call,
            Duration allowed,
            long initMicros,
            @Nullable Future<?> timer) {
        // The function reads the system's clock, wherever the runtime's has been moved to.
        long now = System.currentTimeMillis();
        String trace = services.traces()
                .register(
                        new Origin(call.requestId(), config.name()),
                        now / 1_000,
                        services.options().ids().get());
        call.start(initMicros, timer);
        return new CallStart(trace, now + allowed.toMillis());
    }
}
