package dev.ingestkit.local.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;

/**
 * Maps in memory: the B-trees of MVStore, without a file. A reader works on the tree as it was when it began, so it
 * waits for no writer and blocks none. A view makes writers wait only while it takes the roots of the trees.
 */
public final class MemoryStore implements Store {
    private final MVStore trees = new MVStore.Builder().autoCommitDisabled().open();
    private final Map<String, ShardedMap> maps = new ConcurrentHashMap<>();
    private final List<OutsideEntries> outside = new CopyOnWriteArrayList<>();
    /** Held for reading while a batch changes maps. */
    private final ReadWriteLock changes = new StampedLock().asReadWriteLock();

    /** Creates an empty store. */
    public MemoryStore() {}

    @Override
    public ShardedMap map(String name) {
        ShardedMap map = maps.get(name);
        return map != null ? map : maps.computeIfAbsent(name, key -> new ShardedMap(trees, key));
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        maps.forEach((name, map) -> {
            if (map.size() > 0) {
                names.add(name);
            }
        });
        names.sort(null);
        return names;
    }

    @Override
    public void commit(Batch batch) {
        change(() -> apply(batch));
    }

    /** Makes a change outside of the maps, of which a view has all or nothing. It must not commit a batch. */
    public void change(Runnable change) {
        changes.readLock().lock();
        try {
            change.run();
        } finally {
            changes.readLock().unlock();
        }
    }

    /** Makes a batch's changes where no view is taken meanwhile. */
    void apply(Batch batch) {
        batch.changes().forEach(this::apply);
    }

    void apply(Batch.Change change) {
        byte[] key = change.key();
        if (key == null) {
            drop(change.map());
        } else {
            map(change.map()).set(key, change.value());
        }
    }

    /** Adds entries that are kept outside of the maps to all views from now on. */
    public void addOutside(OutsideEntries entries) {
        outside.add(entries);
    }

    @Override
    public StoreView view() {
        changes.writeLock().lock();
        try {
            return frozen();
        } finally {
            changes.writeLock().unlock();
        }
    }

    /** Returns a view where no change is in progress. */
    StoreView frozen() {
        Map<String, List<RootReference<byte[], byte[]>>> roots = new TreeMap<>();
        maps.forEach((name, map) -> roots.put(name, map.roots()));
        List<StoreView> others = outside.stream().map(OutsideEntries::freeze).toList();
        return entries -> {
            for (Map.Entry<String, List<RootReference<byte[], byte[]>>> map : roots.entrySet()) {
                for (RootReference<byte[], byte[]> root : map.getValue()) {
                    each(map.getKey(), new Cursor<>(root, null, null), entries);
                }
            }
            for (StoreView other : others) {
                other.each(entries);
            }
        };
    }

    private static void each(String map, Cursor<byte[], byte[]> cursor, StoreView.Entries entries) throws IOException {
        while (cursor.hasNext()) {
            byte[] key = cursor.next();
            entries.entry(map, key, cursor.getValue());
        }
    }

    private void drop(String name) {
        ShardedMap map = maps.remove(name);
        if (map != null) {
            map.drop();
        }
    }

    @Override
    public void sync() {
        // Memory survives nothing, so there is nothing to wait for.
    }

    @Override
    public void close() {
        trees.closeImmediately();
    }
}
