package dev.ingestkit.local.table.execution;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks of single keys: a fixed number that the keys share, each created at its first use, since an engine in a test
 * needs few of them. A thread that takes several takes them in their order, so that no two threads wait for each other.
 * Thread-safe.
 */
final class KeyLocks {
    private static final int COUNT = 1 << 10;

    private final AtomicReferenceArray<ReentrantLock> locks = new AtomicReferenceArray<>(COUNT);

    /** Returns the number of the lock of a table's key. */
    int number(Table table, byte[] key) {
        int hash = Arrays.hashCode(key) * 31 + table.id().hashCode();
        return (hash ^ (hash >>> 16)) & (COUNT - 1);
    }

    ReentrantLock lock(int number) {
        ReentrantLock known = locks.get(number);
        if (known != null) {
            return known;
        }
        ReentrantLock made = new ReentrantLock();
        return locks.compareAndSet(number, null, made) ? made : locks.get(number);
    }

    /** Takes the locks of these numbers, each once; returns those to be released. */
    int[] takeAll(int[] numbers) {
        int[] ordered = Arrays.stream(numbers).sorted().distinct().toArray();
        for (int number : ordered) {
            lock(number).lock();
        }
        return ordered;
    }

    void releaseAll(int[] ordered) {
        for (int number : ordered) {
            lock(number).unlock();
        }
    }
}
