package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;

/** A condition or filter over one item. Evaluated while the item's key is locked: it must not block. Thread-safe. */
@FunctionalInterface
public interface ItemCondition {
    /**
     * Returns whether the item satisfies the condition.
     *
     * @param item the stored item; {@link Item#EMPTY} where none is stored
     * @throws TableException if the condition cannot be evaluated on this item
     */
    boolean test(Item item);
}
