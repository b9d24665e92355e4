package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import org.jspecify.annotations.Nullable;

/**
 * Receives notice of actions and of changed items, and may refuse actions before they start. Implementations are
 * thread-safe.
 */
public interface TableListener {
    /** A listener that does nothing. */
    TableListener NONE = new TableListener() {};

    /**
     * Called before an action is read or checked: a fault is injected by throwing.
     *
     * @param action the API action, such as {@code PutItem}
     * @throws TableException to answer the request with this error
     */
    default void beforeAction(String action) {}

    /**
     * Called once the action's items are known and checked, before any is written or read: for faults that depend on
     * the table or the key.
     *
     * @param table the table's name
     * @param key the item's key
     * @throws TableException to answer the request with this error
     */
    default void beforeWrite(String action, String table, Item key) {}

    /** Called after an item was written or its condition has failed, without a lock, on the thread of the request. */
    default void onWrite(ItemEvent event) {}

    /** The outcome of a write. */
    enum Outcome {
        /** The item was stored. */
        STORED,
        /** The item was deleted. */
        DELETED,
        /** No item was stored under the key. */
        ABSENT,
        /** The condition was not satisfied, so nothing was written. */
        CONDITION_FAILED
    }

    /**
     * A write of one item.
     *
     * @param action the API action, or {@code TimeToLive} where DynamoDB deletes an expired item
     * @param changed whether the stored item differs from the one before
     * @param key the item's key attributes
     * @param oldItem the item stored before, or null if there was none
     * @param newItem the item stored now, or null if there is none
     */
    record ItemEvent(
            String table,
            String action,
            Outcome outcome,
            boolean changed,
            Item key,
            @Nullable Item oldItem,
            @Nullable Item newItem) {}
}
