package dev.ingestkit.local.table.execution;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Locks of single keys, a fixed number that keys share. Whoever takes several takes them in their order. */
final class KeyLocks {
    private static final int COUNT = 1 << 10;

    private final ReentrantLock[] locks = new ReentrantLock[COUNT];

    KeyLocks() {
        Arrays.setAll(locks, i -> new ReentrantLock());
    }

    /** Returns the number of the lock of a table's key. */
    int number(Table table, byte[] key) {
        int hash = Arrays.hashCode(key) * 31 + table.id().hashCode();
        return (hash ^ (hash >>> 16)) & (COUNT - 1);
    }

    ReentrantLock lock(int number) {
        return locks[number];
    }

    /** Takes the locks of these numbers, each once; returns those to be released. */
    int[] takeAll(int[] numbers) {
        int[] ordered = Arrays.stream(numbers).sorted().distinct().toArray();
        for (int number : ordered) {
            locks[number].lock();
        }
        return ordered;
    }

    void releaseAll(int[] ordered) {
        for (int number : ordered) {
            locks[number].unlock();
        }
    }
}
