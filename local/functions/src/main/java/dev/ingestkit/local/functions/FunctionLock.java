package dev.ingestkit.local.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A lock with deferred work: work that may block (sending to a process, completing a future, a listener) is deferred
 * until the lock is released, and then done in order by the thread that held it.
 */
final class FunctionLock {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> afterwards = new ArrayList<>();

    <T> T get(Supplier<T> work) {
        List<Runnable> after;
        T result;
        lock.lock();
        try {
            result = work.get();
            after = List.copyOf(afterwards);
            afterwards.clear();
        } finally {
            lock.unlock();
        }
        after.forEach(Runnable::run);
        return result;
    }

    void run(Runnable work) {
        get(() -> {
            work.run();
            return true;
        });
    }

    /** Defers work until the lock is released; only the holder may call this. */
    void after(Runnable work) {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("only the holder of the lock may defer work");
        }
        afterwards.add(work);
    }
}
