package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.mapping.checkpoint.CheckpointStore;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores checkpoints for a stream, not for its name: sequence numbers are invalid in a recreated stream of the same
 * name. Thread-safe.
 */
public final class StreamCheckpoints implements CheckpointStore {

    private final CheckpointStore store;
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    public StreamCheckpoints(CheckpointStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** Records the creation time of a mapping's stream. */
    public void reads(String mappingId, Instant streamCreated) {
        keys.put(mappingId, mappingId + "-" + streamCreated.toEpochMilli());
    }

    @Override
    public Map<String, String> load(String mappingId) {
        return store.load(key(mappingId));
    }

    @Override
    public void save(String mappingId, String shardId, String checkpoint) {
        store.save(key(mappingId), shardId, checkpoint);
    }

    @Override
    public void delete(String mappingId) {
        store.delete(key(mappingId));
    }

    private String key(String mappingId) {
        return keys.getOrDefault(mappingId, mappingId);
    }
}
