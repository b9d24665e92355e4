package dev.ingestkit.proof.kill;

import dev.ingestkit.proof.soak.SoakReport;
import java.util.List;

/**
 * The outcome of a run.
 *
 * @param soak the pipeline's events
 * @param kills number of kills, each followed by a start
 * @param ledgers the acknowledged changes of the other ledgers
 * @param broken differences between acknowledged and stored data
 * @param longestStartMillis the longest time from a start of the process until it was ready
 * @param bytes size of the data directory at the end
 */
public record KillReport(
        SoakReport soak, int kills, String ledgers, List<String> broken, long longestStartMillis, long bytes) {

    public KillReport {
        broken = List.copyOf(broken);
    }

    /** Returns whether everything that was acknowledged is there, and nothing by half. */
    public boolean nothingLost() {
        return soak.nothingLost() && broken.isEmpty();
    }
}
