package dev.ingestkit.local.events;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The bytes of the heap that data which can be given up may take beside everything else, as of the last collection of old
 * objects. Thread-safe.
 *
 * <p>What a collection left is the data that can be given up, at its size of that time, and everything else; the rest of
 * four fifths of the heap is room. Before the first collection all of them are.
 */
public final class HeapRoom implements LongUnaryOperator {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final long usable;
    private final LongSupplier afterCollection;
    private final long interval;
    private long last;
    private volatile long others;
    private volatile long measured;

    /**
     * @param heap the heap's size in bytes
     * @param afterCollection the bytes that the last collection of old objects left, 0 before the first one
     * @param interval the time for which a measurement holds
     */
    HeapRoom(long heap, LongSupplier afterCollection, Duration interval) {
        this.usable = heap / 5 * 4;
        this.afterCollection = requireNonNull(afterCollection, "afterCollection");
        this.interval = interval.toNanos();
        this.measured = System.nanoTime() - this.interval;
    }

    /** Returns the room in this JVM's heap. */
    public static HeapRoom ofThisProcess() {
        return new HeapRoom(Runtime.getRuntime().maxMemory(), HeapRoom::oldObjects, INTERVAL);
    }

    /** A young collection says nothing about old objects; the pools of young objects have no threshold of usage. */
    private static long oldObjects() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()) {
                MemoryUsage usage = pool.getCollectionUsage();
                bytes += usage == null ? 0 : usage.getUsed();
            }
        }
        return bytes;
    }

    /**
     * Returns the room.
     *
     * @param used the bytes that the data takes now
     */
    @Override
    public long applyAsLong(long used) {
        if (System.nanoTime() - measured >= interval) {
            measure(used);
        }
        return Math.max(0, usable - others);
    }

    private synchronized void measure(long used) {
        long left = afterCollection.getAsLong();
        if (left != last) {
            last = left;
            others = Math.max(0, left - used);
        }
        measured = System.nanoTime();
    }
}
