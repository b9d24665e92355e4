package dev.ingestkit.local.mapping.checkpoint;

import java.util.Map;

/**
 * Stores each shard's checkpoint, so that a mapping that is disabled, updated or restarted continues
 * where it stopped. Thread-safe.
 */
public interface CheckpointStore {

    /** Returns the latest checkpoints by shard id; empty for a mapping that never saved one. */
    Map<String, String> load(String mappingId);

    /**
     * Replaces a shard's checkpoint.
     *
     * @param checkpoint the last sequence number that is processed, {@code SHARD_END} for a drained shard, or
     *     {@code TIMESTAMP/} and an ISO instant for a shard from which nothing has been read since then
     */
    void save(String mappingId, String shardId, String checkpoint);

    /** Deletes a mapping's checkpoints. */
    void delete(String mappingId);
}
