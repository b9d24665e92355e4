package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.time.RuntimeClock;
import java.util.concurrent.CompletableFuture;

/** Functions whose invocations a moving clock waits for, with all that their answers cause. Thread-safe. */
public final class TrackedFunctions implements FunctionInvoker {

    private final RuntimeClock clock;
    private final FunctionInvoker functions;

    /** Tracks the invocations of functions on a clock. */
    public TrackedFunctions(RuntimeClock clock, FunctionInvoker functions) {
        this.clock = requireNonNull(clock, "clock");
        this.functions = requireNonNull(functions, "functions");
    }

    @Override
    public CompletableFuture<Invocation> invoke(String function, byte[] payload) {
        return clock.track(() -> functions.invoke(function, payload));
    }

    @Override
    public boolean has(String function) {
        return functions.has(function);
    }
}
