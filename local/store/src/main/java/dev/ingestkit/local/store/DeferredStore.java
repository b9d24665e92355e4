package dev.ingestkit.local.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A durable store whose commits do not wait for the log. Thread-safe. */
final class DeferredStore implements Store {
    private final DurableStore store;

    DeferredStore(DurableStore store) {
        this.store = requireNonNull(store, "store");
    }

    @Override
    public OrderedMap map(String name) {
        return store.map(name);
    }

    @Override
    public List<String> names() {
        return store.names();
    }

    @Override
    public void commit(Batch batch) {
        store.commit(batch, false);
    }

    @Override
    public CompletionStage<Void> written() {
        return store.written(true);
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
