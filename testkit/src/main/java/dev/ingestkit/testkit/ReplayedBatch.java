package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.capsule.Capsule;
import java.util.List;

/** The result of a function that was invoked with a capsule's event. Immutable. */
public final class ReplayedBatch {

    private final Capsule capsule;
    private final FunctionAnswer answer;
    private final List<String> log;

    ReplayedBatch(Capsule capsule, FunctionAnswer answer, List<String> log) {
        this.capsule = requireNonNull(capsule, "capsule");
        this.answer = requireNonNull(answer, "answer");
        this.log = List.copyOf(log);
    }

    /** Returns what the handler returned, or Lambda's error object; JSON. */
    public String answer() {
        return answer.payload();
    }

    /**
     * Expects that the function has processed the event: it did not fail, and reported no record of a batch as failed.
     *
     * @throws AssertionError with the function's error, and the failure that was saved
     */
    public void succeeds() {
        if (answer.succeeded()) {
            return;
        }
        throw new AssertionError("'%s' fails for the %s of the capsule '%s': %s%nit was saved with: %s%nlog:%n  %s"
                .formatted(
                        capsule.source().function(),
                        capsule.contents().isBatch() ? "batch" : "event",
                        capsule.name(),
                        answer.payload(),
                        capsule.failure(),
                        String.join("\n  ", log)));
    }
}
