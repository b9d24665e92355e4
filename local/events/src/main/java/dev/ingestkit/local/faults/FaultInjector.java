package dev.ingestkit.local.faults;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Performs calls with the faults that are due: the only class that implements each {@link FaultKind}. Stages add
 * their errors ({@link FaultErrors}) and their special handling ({@link FaultableCall}). Thread-safe.
 */
public final class FaultInjector {

    private final Faults faults;
    private final FaultStage stage;
    private final Executor afterDelay;

    /**
     * Creates an injector for one stage.
     *
     * @param afterDelay runs delayed calls
     */
    public FaultInjector(Faults faults, FaultStage stage, Executor afterDelay) {
        this.faults = requireNonNull(faults, "faults");
        this.stage = requireNonNull(stage, "stage");
        this.afterDelay = requireNonNull(afterDelay, "afterDelay");
    }

    /** Returns the fault that is due for a call and counts it as injected. */
    public Optional<Faults.Fault> next(String target) {
        return faults.next(stage, target);
    }

    /** Returns whether any fault can be due now; if not, a stage need not determine its target. */
    public boolean isActive() {
        return faults.isActive(stage);
    }

    /** Performs a call with the fault that is due for it, if any. */
    public <T> CompletionStage<T> perform(String target, FaultErrors errors, FaultableCall<T> call) {
        return perform(next(target), errors, call);
    }

    /** Performs a call with a fault that {@link #next} returned. */
    public <T> CompletionStage<T> perform(Optional<Faults.Fault> due, FaultErrors errors, FaultableCall<T> call) {
        return due.isEmpty() ? call.perform() : performWith(due.get(), errors, call);
    }

    private <T> CompletionStage<T> performWith(Faults.Fault fault, FaultErrors errors, FaultableCall<T> call) {
        FaultKind kind = fault.kind();
        return switch (kind) {
            case THROTTLE -> CompletableFuture.failedFuture(errors.throttled().get());
            case ERROR -> CompletableFuture.failedFuture(errors.failed().get());
            case TIMEOUT -> call.timeout(errors);
            case DELAY -> after(fault.delay()).thenCompose(waited -> call.perform());
            case CRASH -> call.performInCrash(errors);
            case DUPLICATE -> call.performTwice();
            case DROP -> call.performUnanswered(errors);
        };
    }

    /** Returns a stage that completes after a while on the executor for delayed calls. */
    public CompletableFuture<Void> after(Duration delay) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, afterDelay));
    }
}
