package dev.ingestkit.local.mapping.checkpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps checkpoints for the lifetime of the process. Thread-safe. */
public final class InMemoryCheckpoints implements CheckpointStore {

    private final Map<String, Map<String, String>> byMapping = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> load(String mappingId) {
        return Map.copyOf(byMapping.getOrDefault(mappingId, Map.of()));
    }

    @Override
    public void save(String mappingId, String shardId, String checkpoint) {
        byMapping
                .computeIfAbsent(mappingId, ignored -> new ConcurrentHashMap<>())
                .put(shardId, checkpoint);
    }

    @Override
    public void delete(String mappingId) {
        byMapping.remove(mappingId);
    }
}
