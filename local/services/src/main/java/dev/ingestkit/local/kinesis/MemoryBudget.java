package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

/**
 * Counts the bytes of the records of all streams against a bound, which falls while other data fills the heap. Thread-safe.
 */
final class MemoryBudget {

    /** The part of the bound that records may take however full the heap is. */
    private static final int MIN_SHARE = 16;

    private final AtomicLong used = new AtomicLong();
    private final long limit;
    private final LongUnaryOperator room;

    /**
     * Creates a budget.
     *
     * @param limit the bound in bytes, at least 1
     * @param room returns the bytes that the heap has room for, given the bytes that records take
     */
    MemoryBudget(long limit, LongUnaryOperator room) {
        if (limit < 1) {
            throw new IllegalArgumentException("the memory limit of the streams must be at least 1: " + limit);
        }
        this.limit = limit;
        this.room = requireNonNull(room, "room");
    }

    void add(long bytes) {
        used.addAndGet(bytes);
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }

    /** Returns the present bound in bytes. */
    long limit() {
        long bytes = used.get();
        long least = limit / MIN_SHARE;
        return bytes <= least ? limit : Math.min(limit, Math.max(least, room.applyAsLong(bytes)));
    }

    boolean exceeded() {
        return used.get() > limit();
    }

    /**
     * Returns whether more than the low watermark is used. Eviction goes down to it, a little below the limit, so that
     * not every put evicts.
     */
    boolean aboveLowWatermark() {
        long bound = limit();
        return used.get() > bound - bound / 20;
    }
}
