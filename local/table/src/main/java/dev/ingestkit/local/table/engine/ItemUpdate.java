package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;

/** A change of one item. Applied while the item's key is locked: it must not block. Thread-safe. */
public interface ItemUpdate {
    /**
     * Returns the changed item.
     *
     * @param item the stored item; where none is stored, an item of the key's attributes only
     * @throws TableException if the change cannot be made to this item
     */
    Item apply(Item item);

    /** Returns whether the update stores an item if there is none; one that only removes does not. */
    boolean createsItem();

    /** Returns the part of the item that the update names, for UPDATED_OLD and UPDATED_NEW. */
    Item touched(Item item);
}
