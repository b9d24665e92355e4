package dev.ingestkit.local.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.MVStore;

/**
 * Maps in memory: the B-trees of MVStore, without a file. A reader works on the tree as it was when it began, so it
 * waits for no writer and blocks none.
 */
public final class MemoryStore implements Store {
    private final MVStore trees = new MVStore.Builder().autoCommitDisabled().open();
    private final Map<String, ShardedMap> maps = new ConcurrentHashMap<>();

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
        for (Batch.Change change : batch.changes()) {
            byte[] key = change.key();
            if (key == null) {
                drop(change.map());
            } else {
                map(change.map()).set(key, change.value());
            }
        }
    }

    private void drop(String name) {
        ShardedMap map = maps.remove(name);
        if (map != null) {
            map.drop(trees);
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
