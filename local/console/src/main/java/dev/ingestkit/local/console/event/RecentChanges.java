package dev.ingestkit.local.console.event;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes of events in their order, so that a follower's question costs as much as what has changed, not as
 * much as what is held. Not thread-safe.
 */
final class RecentChanges {

    private static final int CAPACITY = 16_384;

    private final long[] versions = new long[CAPACITY];
    private final @Nullable TrackedEvent[] events = new TrackedEvent[CAPACITY];
    private long count;

    /** Notes that an event has changed to its current version, which is not below that of an earlier change. */
    void add(TrackedEvent event) {
        int slot = (int) (count % CAPACITY);
        versions[slot] = event.version();
        events[slot] = event;
        count++;
    }

    /** Returns the events that have changed after a version, newest first; empty if earlier changes after it are not held any more. */
    Optional<List<TrackedEvent>> after(long version) {
        Set<TrackedEvent> changed = new LinkedHashSet<>();
        long oldest = Math.max(0, count - CAPACITY);
        for (long index = count - 1; index >= oldest; index--) {
            int slot = (int) (index % CAPACITY);
            if (versions[slot] <= version) {
                return Optional.of(newestFirst(changed));
            }
            changed.add(requireNonNull(events[slot]));
        }
        return oldest == 0 ? Optional.of(newestFirst(changed)) : Optional.empty();
    }

    private static List<TrackedEvent> newestFirst(Set<TrackedEvent> changed) {
        List<TrackedEvent> newest = new ArrayList<>(changed);
        newest.sort(
                Comparator.comparingLong((TrackedEvent event) -> event.number).reversed());
        return newest;
    }
}
