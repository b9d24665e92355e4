package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Applies injected faults to calls. Thread-safe. */
final class InjectedFaults {

    private final Faults faults;
    private final Executor later;

    InjectedFaults(Faults faults, Executor later) {
        this.faults = requireNonNull(faults, "faults");
        this.later = requireNonNull(later, "later");
    }

    Optional<Faults.Fault> next(FaultStage stage, String target) {
        return faults.next(stage, target);
    }

    /** The work's answer, or what the fault leaves of it. Throttling, errors and doubled work are the caller's part. */
    <T> CompletionStage<T> around(Optional<Faults.Fault> fault, Supplier<T> work) {
        if (fault.isEmpty()) {
            return CompletableFuture.completedFuture(work.get());
        }
        FaultKind kind = fault.get().kind();
        return switch (kind) {
            case TIMEOUT -> new CompletableFuture<>();
            case DELAY -> delayed(fault.get().delay(), work);
            case DROP, CRASH -> {
                requireNonNull(work.get());
                yield CompletableFuture.failedFuture(new DroppedConnectionException());
            }
            case THROTTLE, ERROR, DUPLICATE -> CompletableFuture.completedFuture(work.get());
        };
    }

    private <T> CompletionStage<T> delayed(Duration delay, Supplier<T> work) {
        Executor after =
                CompletableFuture.delayedExecutor(delay.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS, later);
        return CompletableFuture.supplyAsync(work, after);
    }
}
