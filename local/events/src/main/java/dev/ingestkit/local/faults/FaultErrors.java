package dev.ingestkit.local.faults;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * The errors with which a stage answers injected faults, worded as by its service.
 *
 * @param throttled the service's throttling error
 * @param failed the service's internal error
 * @param lost the error of a caller whose answer never arrives
 */
public record FaultErrors(
        Supplier<? extends Throwable> throttled,
        Supplier<? extends Throwable> failed,
        Supplier<? extends Throwable> lost) {

    public FaultErrors {
        requireNonNull(throttled, "throttled");
        requireNonNull(failed, "failed");
        requireNonNull(lost, "lost");
    }
}
