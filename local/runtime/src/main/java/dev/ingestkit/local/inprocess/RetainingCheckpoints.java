package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.kinesis.RetentionHold;
import dev.ingestkit.local.mapping.checkpoint.Checkpoint;
import dev.ingestkit.local.mapping.checkpoint.CheckpointStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores checkpoints and reports them to the streams of this process, so that a stream retains the records that a
 * mapping has not processed. Thread-safe.
 */
public final class RetainingCheckpoints implements CheckpointStore {

    private static final String STREAM_OF = "/stream";
    private static final String ID = "id";

    private final CheckpointStore store;
    private final Map<String, RetentionHold> retentions = new ConcurrentHashMap<>();

    public RetainingCheckpoints(CheckpointStore store) {
        this.store = requireNonNull(store, "store");
    }

    /**
     * Forgets the positions of a mapping in another stream: one that was deleted, and created again by the same name.
     *
     * @param streamId the id of the stream that the mapping reads now
     */
    public void requireOf(String mappingId, String streamId) {
        String key = mappingId + STREAM_OF;
        String last = store.load(key).get(ID);
        if (last != null && !last.equals(streamId)) {
            store.delete(mappingId);
        }
        store.save(key, ID, streamId);
    }

    /** Makes a stream retain the records that a mapping has not processed, until the mapping is deleted. */
    public void reads(String mappingId, RetentionHold retention) {
        Optional.ofNullable(retentions.put(mappingId, retention)).ifPresent(RetentionHold::close);
        load(mappingId).forEach((shardId, text) -> report(Checkpoint.parse(text), ShardId.parse(shardId), retention));
    }

    @Override
    public Map<String, String> load(String mappingId) {
        return store.load(mappingId);
    }

    @Override
    public void save(String mappingId, String shardId, String text) {
        store.save(mappingId, shardId, text);
        RetentionHold retention = retentions.get(mappingId);
        if (retention != null) {
            report(Checkpoint.parse(text), ShardId.parse(shardId), retention);
        }
    }

    private static void report(Checkpoint checkpoint, ShardId shard, RetentionHold retention) {
        switch (checkpoint.kind()) {
            case SHARD_END -> retention.processedAll(shard);
            case DONE -> retention.processed(shard, ((Checkpoint.Done) checkpoint).sequenceNumber());
            case SINCE -> {} // nothing has been processed yet
        }
    }

    @Override
    public void delete(String mappingId) {
        store.delete(mappingId);
        store.delete(mappingId + STREAM_OF);
        Optional.ofNullable(retentions.remove(mappingId)).ifPresent(RetentionHold::close);
    }
}
