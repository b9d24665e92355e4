package dev.ingestkit.local.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides at each stage whether a fault is due for a call. Thread-safe. Without rules it costs one volatile read. */
@FunctionalInterface
public interface Faults {

    /** Injects no faults. */
    Faults NONE = (stage, target) -> Optional.empty();

    /**
     * Decides for one call.
     *
     * @param target the subject of the call, for a rule's filter and the journal: an event id, a partition key, a
     *     function's name
     */
    Optional<Fault> next(FaultStage stage, String target);

    /**
     * Decides for one call that carries events besides its target.
     *
     * @param events their ids, for a rule's filter; requested only when a filter needs them
     */
    default Optional<Fault> next(FaultStage stage, String target, Supplier<List<String>> events) {
        return next(stage, target);
    }

    /** Returns whether any fault of a stage can be due; if not, the stage need not determine its targets. */
    default boolean isActive(FaultStage stage) {
        return this != NONE;
    }

    /**
     * A fault that is due now.
     *
     * @param delay the length of the delay for {@link FaultKind#DELAY}; zero otherwise
     */
    record Fault(FaultKind kind, Duration delay) {}
}
