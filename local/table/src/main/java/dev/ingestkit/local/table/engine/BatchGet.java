package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import java.util.List;

/** The keys that one BatchGetItem reads from one table. */
public record BatchGet(String table, List<Item> keys, boolean consistent) {

    /** The items found of those keys, and the keys left for another call because the answer was full. */
    public record Result(String table, List<Item> items, List<Item> unprocessed, Consumed consumed) {}
}
