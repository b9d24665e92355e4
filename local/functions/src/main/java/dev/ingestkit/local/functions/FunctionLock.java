package dev.ingestkit.local.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A lock with work for afterwards: what may block (sending to a process, completing a future, a listener) is put off
 * until the lock is free again, and then done by the thread that held it, in order.
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

    /** Puts work off; for the holder of the lock only. */
    void after(Runnable work) {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("only the holder of the lock may put work off");
        }
        afterwards.add(work);
    }
}
