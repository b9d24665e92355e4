package dev.ingestkit.local.kinesis;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of the records of all streams against a bound. Thread-safe. */
final class MemoryBudget {

    private final AtomicLong used = new AtomicLong();
    private final long limit;

    /**
     * Creates a budget.
     *
     * @param limit the bound in bytes, at least 1
     */
    MemoryBudget(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the memory limit of the streams must be at least 1: " + limit);
        }
        this.limit = limit;
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

    long limit() {
        return limit;
    }

    boolean exceeded() {
        return used.get() > limit;
    }

    /**
     * Returns whether more than the low watermark is used. Eviction goes down to it, a little below the limit, so that
     * not every put evicts.
     */
    boolean aboveLowWatermark() {
        return used.get() > limit - limit / 20;
    }
}
