package dev.ingestkit.local.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
     * Decides for one call that carries events beside its target.
     *
     * @param events their ids, for a rule's filter; asked for only when a filter needs them
     */
    default Optional<Fault> next(FaultStage stage, String target, Supplier<List<String>> events) {
        return next(stage, target);
    }

    /**
     * A fault that is due now.
     *
     * @param delay how long, for {@link FaultKind#DELAY}; zero otherwise
     */
    record Fault(FaultKind kind, Duration delay) {}
}
