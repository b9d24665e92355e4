package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the engine keeps it. Immutable.
 *
 * @param stream the stream that records changes go to, or null if the table has none enabled
 * @param ttlAttribute the attribute that holds an item's expiry in seconds since 1970, or null if TTL is disabled
 * @param settings further members that the API reports of the table, such as billing mode, tags, identifiers; the
 * engine stores
 *     it unread
 */
public record TableDefinition(
        String name,
        KeySchema keys,
        List<IndexDefinition> indexes,
        @Nullable StreamDefinition stream,
        @Nullable String ttlAttribute,
        Instant created,
        Item settings) {

    /** A table's stream: its label, which makes the streams of one table differ, and what its records hold. */
    public record StreamDefinition(String label, StreamView view) {}

    /** Returns the index of the name, or null if the table has none. */
    public @Nullable IndexDefinition index(String indexName) {
        for (IndexDefinition index : indexes) {
            if (index.name().equals(indexName)) {
                return index;
            }
        }
        return null;
    }
}
