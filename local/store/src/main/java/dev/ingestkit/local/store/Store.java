package dev.ingestkit.local.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Named ordered maps of bytes. Maps are changed by batches only: after a crash, all of a batch is stored or none of it.
 * Reads never wait for writes. Thread-safe, provided that callers never commit two batches that change the same key at
 * the same time.
 */
public interface Store extends AutoCloseable {
    /** Returns the map of the name, which is created by its first use. */
    OrderedMap map(String name);

    /** Returns the names of the maps with entries. */
    List<String> names();

    /**
     * Applies a batch's changes in its order. In a durable store the changes survive a kill of the process once this
     * method returns, and no read sees them earlier.
     *
     * @throws java.io.UncheckedIOException if the batch cannot be written; then none of it is visible
     */
    void commit(Batch batch);

    /**
     * Returns a stage that completes once everything committed so far survives a kill of the process. It fails while
     * the changes cannot be written; they are written later, as soon as possible.
     */
    default CompletionStage<Void> written() {
        return CompletableFuture.completedFuture(null);
    }

    /** Returns all entries as they are now, each batch as a whole or not at all. Writers wait for milliseconds. */
    StoreView view();

    /** Returns whether changes can be written at the moment; false on a full disk, for example. */
    default boolean isWritable() {
        return true;
    }

    /** Runs an action once everything committed so far survives a kill of the process, however long that takes. */
    default void afterWritten(Runnable action) {
        action.run();
    }

    /** Returns once everything committed also survives a loss of power. */
    void sync();

    /** Closes the store and its maps. */
    @Override
    void close();
}
