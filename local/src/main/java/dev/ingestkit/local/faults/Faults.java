package dev.ingestkit.local.faults;

import java.time.Duration;
import java.util.Optional;

/** Asked by each stage before it works: is a fault due here? Thread-safe. Without rules it costs one volatile read. */
@FunctionalInterface
public interface Faults {

    /** No faults, ever. */
    Faults NONE = (stage, target) -> Optional.empty();

    /**
     * Decides for one call.
     *
     * @param target what the call is about, for a rule's filter and the journal: an event id, a partition key, a
     *     function's name
     */
    Optional<Fault> next(FaultStage stage, String target);

    /**
     * A fault that is due now.
     *
     * @param delay how long, for {@link FaultKind#DELAY}; zero otherwise
     */
    record Fault(FaultKind kind, Duration delay) {}
}
