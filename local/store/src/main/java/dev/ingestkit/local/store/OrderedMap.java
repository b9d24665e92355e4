package dev.ingestkit.local.store;

import org.jspecify.annotations.Nullable;

/** A map of a store, ordered by its keys' unsigned bytes. Arrays that it returns must not be changed. Thread-safe. */
public interface OrderedMap {
    /** Returns the value of a key, or null if the map has none. */
    byte @Nullable [] get(byte[] key);

    /** Returns the number of entries. */
    long size();

    /** Returns a cursor over all entries as of now. */
    default ByteCursor all() {
        return range(null, null, true);
    }

    /**
     * Returns a cursor over the entries from one key to another as of now: later changes are not seen.
     *
     * @param from the lowest key, or null for the first
     * @param to the key behind the highest, or null for no bound
     * @param forward whether keys ascend
     */
    ByteCursor range(byte @Nullable [] from, byte @Nullable [] to, boolean forward);
}
