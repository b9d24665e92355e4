package dev.ingestkit.handlers.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chooses which first events of a batch's lanes are stored by common inserts. Thread-safe.
 *
 * <p>An insert is the cheapest write of a new event, and a wasted one for an event that replaces another. Where many
 * keys turn out to be taken, inserts pause for a number of events.
 */
final class InsertPlan {

    private static final int MIN_GROUP = 2;
    private static final int MAX_GROUP_BYTES = 1 << 20;

    /** The share of taken keys beyond which inserts cost more writes than they save calls. */
    private static final int MAX_TAKEN_PERCENT = 25;

    private static final int PAUSE_EVENTS = 1_000;

    private final AtomicInteger paused = new AtomicInteger();

    /**
     * The lanes of a batch.
     *
     * @param groups lanes whose first events are inserted together
     * @param others lanes whose events are all written one by one
     */
    record Plan(List<List<Lane>> groups, List<Lane> others) {}

    Plan plan(List<Lane> lanes) {
        List<Lane> insertable = new ArrayList<>(lanes.size());
        List<Lane> others = new ArrayList<>();
        lanes.forEach(lane -> (lane.isInsertable() ? insertable : others).add(lane));
        boolean pausing = paused.get() > 0 && paused.addAndGet(-insertable.size()) >= 0;
        if (insertable.size() < MIN_GROUP || pausing) {
            return new Plan(List.of(), lanes);
        }
        return new Plan(groups(insertable), others);
    }

    /** Divides lanes into groups of about the same size, since the batch takes as long as its slowest call. */
    private static List<List<Lane>> groups(List<Lane> lanes) {
        int calls = (lanes.size() + EventTable.MAX_INSERTS - 1) / EventTable.MAX_INSERTS;
        int size = (lanes.size() + calls - 1) / calls;
        List<List<Lane>> groups = new ArrayList<>(calls);
        List<Lane> group = new ArrayList<>(size);
        int bytes = 0;
        for (Lane lane : lanes) {
            if (group.size() == size || (bytes + lane.firstBytes() > MAX_GROUP_BYTES && !group.isEmpty())) {
                groups.add(group);
                group = new ArrayList<>(size);
                bytes = 0;
            }
            group.add(lane);
            bytes += lane.firstBytes();
        }
        groups.add(group);
        return groups;
    }

    /** Records the results of an insert, by which the next plans are made. */
    void inserted(List<WriteResult> results) {
        long taken = results.stream()
                .filter(result -> result.kind() == WriteResult.Kind.UNEXPECTED)
                .count();
        if (taken * 100 > (long) results.size() * MAX_TAKEN_PERCENT) {
            paused.set(PAUSE_EVENTS);
        }
    }
}
