package dev.ingestkit.local.mapping;

import java.util.Map;

/**
 * Remembers how far each shard has been processed, so that a mapping that is disabled, updated or restarted goes on
 * where it stopped. Thread-safe.
 */
public interface CheckpointStore {

    /** The last sequence number that is done with, by shard id; a value of {@code SHARD_END} for a drained shard. */
    Map<String, String> load(String mappingId);

    void save(String mappingId, String shardId, String sequenceNumber);

    void delete(String mappingId);
}
