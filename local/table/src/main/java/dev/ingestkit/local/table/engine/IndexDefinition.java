package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import java.util.List;

/**
 * A secondary index.
 *
 * @param global whether the index has a partition key of its own
 * @param nonKeyAttributes the attributes projected besides the keys, with {@link Projected#INCLUDE}
 * @param settings further members that the API reports of the index, such as its throughput; the engine stores it
 * unread
 */
public record IndexDefinition(
        String name,
        boolean global,
        KeySchema keys,
        Projected projected,
        List<String> nonKeyAttributes,
        Item settings) {

    /** The ProjectionType of an index: which attributes it holds. */
    public enum Projected {
        /** All attributes. */
        ALL,
        /** The keys of index and table. */
        KEYS_ONLY,
        /** The keys and the attributes named. */
        INCLUDE
    }
}
