package dev.ingestkit.local.store;

/** Walks over the entries of a map, beginning before the first one. Not thread-safe. */
public interface ByteCursor {
    /** Moves to the next entry; returns false after the last one. */
    boolean next();

    /** Returns the entry's key. */
    byte[] key();

    /** Returns the entry's value. */
    byte[] value();
}
