package dev.ingestkit.local.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts exchanges in flight, so that closing can wait for them. Thread-safe. */
final class InFlight {

    private final AtomicLong count = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();

    void started() {
        count.incrementAndGet();
    }

    void finished() {
        if (count.decrementAndGet() > 0) {
            return;
        }
        lock.lock();
        try {
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no exchange is in flight, or the timeout has passed. */
    void awaitNone(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (count.get() > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
