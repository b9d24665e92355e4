package dev.ingestkit.local.kinesis;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tracks how far readers can see into a shard, and which of them wait for more. Records become visible only after their
 * put was journaled, so that no delivery precedes its put. Not thread-safe: the shard guards it.
 */
final class Publication {

    /** First positions of appends that are not yet visible; no reader goes beyond them. */
    private final ArrayDeque<Long> unpublished = new ArrayDeque<>();

    private final Set<ShardWaiter> waiters = new LinkedHashSet<>();

    /** Hides the records from a position on, until they are published. */
    void hide(Long first) {
        unpublished.addLast(first);
    }

    /** Makes the records of one append visible. Returns the waiters to wake once the shard's lock is released. */
    List<ShardWaiter> publish(Long first) {
        unpublished.removeFirstOccurrence(first);
        return takeWaiters();
    }

    /** Returns the position at which the visible records end. */
    long visibleEnd(RecordLog log) {
        return unpublished.isEmpty() ? log.end() : Math.max(log.first(), unpublished.getFirst());
    }

    /** Returns whether every appended record is visible. */
    boolean isComplete() {
        return unpublished.isEmpty();
    }

    /** Adds a waiter to be woken by the next publication. */
    void add(ShardWaiter waiter) {
        waiters.add(waiter);
    }

    void remove(ShardWaiter waiter) {
        waiters.remove(waiter);
    }

    /** Returns the number of waiters. */
    int waiting() {
        return waiters.size();
    }

    /** Removes and returns all waiters. */
    List<ShardWaiter> takeWaiters() {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<ShardWaiter> taken = List.copyOf(waiters);
        waiters.clear();
        return taken;
    }
}
