package dev.ingestkit.local.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is in progress, so that others can wait until nothing is. Thread-safe; counting takes no lock. */
final class Activity {

    private final AtomicInteger inProgress = new AtomicInteger();
    private final Object none = new Object();
    private volatile boolean awaited;

    void begin() {
        inProgress.incrementAndGet();
    }

    void end() {
        if (inProgress.decrementAndGet() == 0 && awaited) {
            synchronized (none) {
                none.notifyAll();
            }
        }
    }

    /** Waits until nothing is in progress; returns false after the timeout. */
    boolean awaitNone(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (none) {
            awaited = true;
            while (inProgress.get() > 0) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(none, left);
            }
            return true;
        }
    }
}
