package dev.ingestkit.proof.soak;

import java.util.List;

/**
 * The outcome of a run.
 *
 * @param accepted events answered with success
 * @param stored ids whose stored payload is that of the expected version
 * @param parked poison records in the queue with their payload
 * @param givenUp records whose batch the mapping gave up on, as reported by the queue
 * @param missing ids and poison records found nowhere
 * @param wrong ids whose stored payload is not that of their last version
 * @param backwards ids whose stored version went back
 * @param faults injected faults
 */
public record SoakReport(
        long accepted,
        long stored,
        long parked,
        long givenUp,
        List<String> missing,
        List<String> wrong,
        List<String> backwards,
        long faults) {

    public SoakReport {
        missing = List.copyOf(missing);
        wrong = List.copyOf(wrong);
        backwards = List.copyOf(backwards);
    }

    /** Returns whether each accepted event is in its expected place. */
    public boolean nothingLost() {
        return missing.isEmpty() && wrong.isEmpty() && backwards.isEmpty();
    }
}
