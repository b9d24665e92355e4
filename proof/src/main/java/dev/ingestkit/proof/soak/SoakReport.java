package dev.ingestkit.proof.soak;

import java.util.List;

/**
 * What became of a run's events.
 *
 * @param accepted events that were answered with success
 * @param stored ids in the table with the payload of the version that must be there
 * @param parked poison records in the queue, each with its payload
 * @param givenUp records whose batch the mapping gave up on, told by the queue
 * @param missing ids and poison records that are nowhere
 * @param wrong ids with another payload than that of their last version
 * @param backwards ids whose version was seen to go back
 * @param faults faults that were injected
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

    /** Whether each accepted event is where it must be. */
    public boolean nothingLost() {
        return missing.isEmpty() && wrong.isEmpty() && backwards.isEmpty();
    }
}
