package dev.ingestkit.local.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that are made together. Not thread-safe. */
public final class Batch {
    private final List<Change> changes = new ArrayList<>(4);

    /** One change of one map: a stored value, a removed key (no value), or the removal of all entries (no key). */
    record Change(String map, byte @Nullable [] key, byte @Nullable [] value) {}

    /** Creates an empty batch. */
    public Batch() {}

    /** Stores a value. */
    public Batch put(String map, byte[] key, byte[] value) {
        changes.add(new Change(map, key, value));
        return this;
    }

    /** Removes a key if it exists. */
    public Batch remove(String map, byte[] key) {
        changes.add(new Change(map, key, null));
        return this;
    }

    /** Removes a map with all its entries. */
    public Batch drop(String map) {
        changes.add(new Change(map, null, null));
        return this;
    }

    /** Returns whether the batch changes nothing. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    List<Change> changes() {
        return changes;
    }
}
