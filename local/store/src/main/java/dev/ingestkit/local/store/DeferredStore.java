package dev.ingestkit.local.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A durable store whose commits do not wait for the log, until the content of the store is replaced: what is committed
 * afterwards would belong to the replaced content, so it is dropped. Thread-safe.
 */
final class DeferredStore implements Store {
    private final DurableStore store;
    private final MemoryStore content;

    /**
     * Creates a store.
     *
     * @param content the maps that the store has now
     */
    DeferredStore(DurableStore store, MemoryStore content) {
        this.store = requireNonNull(store, "store");
        this.content = requireNonNull(content, "content");
    }

    @Override
    public OrderedMap map(String name) {
        return content.map(name);
    }

    @Override
    public List<String> names() {
        return content.names();
    }

    @Override
    public void commit(Batch batch) {
        store.commit(batch, content);
    }

    @Override
    public CompletionStage<Void> written() {
        return store.written(true);
    }

    @Override
    public StoreView view() {
        return store.view();
    }

    @Override
    public boolean isWritable() {
        return store.isWritable();
    }

    @Override
    public void afterWritten(Runnable action) {
        var unused = store.written(false).thenRun(action);
    }

    @Override
    public void sync() {
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
