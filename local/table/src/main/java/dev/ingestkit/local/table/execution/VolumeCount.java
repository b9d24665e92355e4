package dev.ingestkit.local.table.execution;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The bytes of a table's or index's items, kept up to date by writes. The items of a loaded file are counted at the
 * first request for their bytes. Thread-safe.
 */
final class VolumeCount {
    private final LongAdder bytes = new LongAdder();
    private volatile boolean known;

    VolumeCount(boolean known) {
        this.known = known;
    }

    void add(long difference) {
        bytes.add(difference);
    }

    boolean isKnown() {
        return known;
    }

    /** Returns the bytes; {@code counting}, called while nothing is written, counts them where they are not known. */
    long bytes(LongSupplier counting) {
        if (!known) {
            bytes.reset();
            bytes.add(counting.getAsLong());
            known = true;
        }
        return bytes.sum();
    }
}
