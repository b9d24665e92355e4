package dev.ingestkit.local.store;

/** Walks over entries of a map. Before the first {@link #next()} it stands on none. Not thread-safe. */
public interface ByteCursor {
    /** Moves to the next entry; false where there is none. */
    boolean next();

    /** Returns the entry's key. */
    byte[] key();

    /** Returns the entry's value. */
    byte[] value();
}
