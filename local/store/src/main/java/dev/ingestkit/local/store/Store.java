package dev.ingestkit.local.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Named ordered maps of bytes. Maps are changed by batches only: all of a batch is there after a crash, or nothing.
 * Reads wait for no write. Thread-safe, with one duty for callers: batches that change the same key are committed one
 * after the other, not at once.
 */
public interface Store extends AutoCloseable {
    /** Returns the map of the name, which comes into being by its first use. */
    OrderedMap map(String name);

    /** Returns the names of the maps that hold something. */
    List<String> names();

    /**
     * Makes a batch's changes, in its order. In a durable store the changes survive the end of the process, however it
     * ends, once this method returns, and no read sees them before they would.
     *
     * @throws java.io.UncheckedIOException if the batch cannot be written; then none of it is visible
     */
    void commit(Batch batch);

    /**
     * Returns a stage that completes once everything committed so far survives the end of the process. It fails while
     * that cannot be written; the changes are written later, as soon as they can be.
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

    /** Runs an action once everything committed so far survives the end of the process, however long that takes. */
    default void afterWritten(Runnable action) {
        action.run();
    }

    /** Returns once everything committed survives the loss of power, too. */
    void sync();

    /** Closes the store; maps may not be used any more. */
    @Override
    void close();
}
