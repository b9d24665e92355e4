package dev.ingestkit.local.kinesis;

import java.util.concurrent.atomic.AtomicLong;

/** How much the records of all streams take, and may take. Thread-safe. */
final class MemoryBudget {

    private final AtomicLong used = new AtomicLong();
    private final long limit;

    /**
     * @param limit in bytes, at least 1
     */
    MemoryBudget(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the byte bound of the streams must be at least 1: " + limit);
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

    /** Still above the mark down to which records are dropped: a little below the limit, so that not each put drops. */
    boolean aboveLowMark() {
        return used.get() > limit - limit / 20;
    }
}
