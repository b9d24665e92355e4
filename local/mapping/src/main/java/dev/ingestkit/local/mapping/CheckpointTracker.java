package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.SequenceNumber;
import java.util.ArrayDeque;

/**
 * Tracks how far a shard has been processed when its records are settled out of order: the low-water mark is the last
 * record before the first that is not settled. Not thread-safe.
 */
final class CheckpointTracker {

    /** A position in a shard: all records up to it. */
    record Mark(long index, SequenceNumber sequenceNumber) {

        /** The position before a shard's first record. */
        static final Mark START = new Mark(-1, new SequenceNumber("0"));

        boolean isStart() {
            return index < 0;
        }
    }

    private final ArrayDeque<QueuedRecord> open = new ArrayDeque<>();
    private Mark lowWater = Mark.START;

    void add(QueuedRecord record) {
        open.addLast(record);
    }

    /** Moves the mark past all settled records at the head. */
    Mark advance() {
        QueuedRecord last = null;
        while (!open.isEmpty() && open.peekFirst().settled()) {
            last = open.removeFirst();
        }
        if (last != null) {
            lowWater = new Mark(last.index(), last.sequenceNumber());
        }
        return lowWater;
    }

    Mark lowWater() {
        return lowWater;
    }

    /** Returns the number of records held, including settled ones behind an unsettled one. */
    int size() {
        return open.size();
    }
}
