package dev.ingestkit.local.store;

import java.io.IOException;

/**
 * The entries of a store at one moment. Later changes do not show, and writers do not wait. A view keeps in memory what
 * has been overwritten since, for as long as the view is referenced. Thread-safe; may be read more than once.
 */
public interface StoreView {

    /** Receives one entry of a map. Its arrays must not be changed. */
    @FunctionalInterface
    interface Entries {
        void entry(String map, byte[] key, byte[] value) throws IOException;
    }

    /**
     * Passes on all entries, one map after the other, each in the order of its keys.
     *
     * @throws IOException if the receiver throws it
     */
    void each(Entries entries) throws IOException;
}
