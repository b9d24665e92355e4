package dev.ingestkit.local.faults;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * The errors that a stage answers injected faults with, in its service's own words.
 *
 * @param throttled the service's throttling error
 * @param failed the service's internal error
 * @param lost the failure of a caller whose answer does not arrive
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
