package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.mapping.replay.RepeatedEvent;
import java.util.List;
import java.util.Optional;

/** The result of a function that was invoked with a capsule's event. Immutable. */
public final class ReplayedBatch {

    private final Capsule capsule;
    private final FunctionAnswer answer;
    private final List<RepeatedEvent.Mapping> mappings;
    private final List<String> log;

    ReplayedBatch(Capsule capsule, FunctionAnswer answer, List<RepeatedEvent.Mapping> mappings, List<String> log) {
        this.capsule = requireNonNull(capsule, "capsule");
        this.answer = requireNonNull(answer, "answer");
        this.mappings = List.copyOf(mappings);
        this.log = List.copyOf(log);
    }

    /** Returns what the handler returned, or Lambda's error object; JSON. */
    public String answer() {
        return answer.payload();
    }

    /**
     * Expects that the function has processed the event: it did not fail, and a mapping with ReportBatchItemFailures
     * would take its answer as a success of the whole batch.
     *
     * @throws AssertionError with the function's error, and the failure that was saved
     */
    public void succeeds() {
        Optional<String> reported = RepeatedEvent.of(capsule.event()).failure(answer.payload(), mappings);
        if (!answer.failed() && reported.isEmpty()) {
            return;
        }
        throw new AssertionError("'%s' fails for the %s of the capsule '%s': %s%s%nit was saved with: %s%nlog:%n  %s"
                .formatted(
                        capsule.source().function(),
                        capsule.contents().isBatch() ? "batch" : "event",
                        capsule.name(),
                        answer.payload(),
                        answer.failed()
                                ? ""
                                : reported.map(reason -> "\n" + reason).orElse(""),
                        capsule.failure(),
                        String.join("\n  ", log)));
    }
}
