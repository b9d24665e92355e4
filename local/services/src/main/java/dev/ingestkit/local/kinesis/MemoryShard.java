package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.store.MemoryStore;

/**
 * Leaves a shard's records in the shard, where views of the store read them as of the same moment as the store's maps.
 */
final class MemoryShard implements ShardStorage {

    private final MemoryStore store;
    private volatile long end;

    MemoryShard(MemoryStore store) {
        this.store = requireNonNull(store, "store");
    }

    @Override
    public void appended(RecordLog log, long from) {
        long appended = log.end();
        store.change(() -> end = appended);
    }

    @Override
    public void restored(RecordLog log) {
        end = log.end();
    }

    @Override
    public void trimmed(RecordLog log, long from) {
        // A view has what is left when it is read.
    }

    @Override
    public void afterWritten(Runnable action) {
        action.run();
    }

    @Override
    public long frozenEnd() {
        return end;
    }
}
