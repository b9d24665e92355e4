package dev.ingestkit.local.mapping.checkpoint;

import java.util.Map;

/**
 * Remembers how far each shard has been processed, so that a mapping that is disabled, updated or restarted goes on
 * where it stopped. Thread-safe.
 */
public interface CheckpointStore {

    /** What {@link #save} was given last, by shard id; empty for a mapping that never saved. */
    Map<String, String> load(String mappingId);

    /**
     * Replaces a shard's checkpoint.
     *
     * @param checkpoint the last sequence number that is done with, {@code SHARD_END} for a drained shard, or
     *     {@code TIMESTAMP/} and an ISO instant for a shard from which nothing has been read since then
     */
    void save(String mappingId, String shardId, String checkpoint);

    void delete(String mappingId);
}
