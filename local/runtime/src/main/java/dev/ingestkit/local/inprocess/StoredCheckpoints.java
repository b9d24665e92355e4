package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.mapping.checkpoint.CheckpointStore;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps checkpoints in the store that has the streams, behind the records that they name: a checkpoint never survives
 * without its record, nor without what functions stored before it. Thread-safe.
 */
public final class StoredCheckpoints implements CheckpointStore {

    private final Store store;

    public StoredCheckpoints(Store store) {
        this.store = requireNonNull(store, "store");
    }

    private static String map(String mappingId) {
        return "mapping/" + mappingId;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, String> load(String mappingId) {
        Map<String, String> checkpoints = new HashMap<>();
        ByteCursor cursor = store.map(map(mappingId)).all();
        while (cursor.next()) {
            checkpoints.put(
                    new String(cursor.key(), StandardCharsets.UTF_8),
                    new String(cursor.value(), StandardCharsets.UTF_8));
        }
        return checkpoints;
    }

    @Override
    public void save(String mappingId, String shardId, String checkpoint) {
        store.commit(new Batch().put(map(mappingId), bytes(shardId), bytes(checkpoint)));
    }

    @Override
    public void delete(String mappingId) {
        store.commit(new Batch().drop(map(mappingId)));
    }
}
