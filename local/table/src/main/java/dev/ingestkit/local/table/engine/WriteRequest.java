package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;

/** One write of one item, or a check of it that writes nothing. */
public sealed interface WriteRequest {
    /** Returns the table's name. */
    String table();

    /** Returns the circumstances. */
    WriteContext context();

    /** Stores an item in place of the one with its key. */
    record Put(String table, Item item, WriteContext context) implements WriteRequest {}

    /** Deletes the item of a key. */
    record Delete(String table, Item key, WriteContext context) implements WriteRequest {}

    /** Changes the item of a key, or creates it. */
    record Update(String table, Item key, ItemUpdate update, WriteContext context) implements WriteRequest {}

    /** Checks the item of a key, within a transaction. */
    record Check(String table, Item key, WriteContext context) implements WriteRequest {}
}
