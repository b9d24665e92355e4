package dev.ingestkit.local.table.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.engine.ItemActions;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import dev.ingestkit.local.table.item.Value;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes ItemCollectionMetrics: the size of the item collections that a write belongs to, for tables with local
 * indexes.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html">Local secondary indexes</a>
 */
final class Metrics {
    private static final long GIGABYTE = 1L << 30;

    private Metrics() {}

    static boolean isAsked(@Nullable String mode) {
        return "SIZE".equals(mode);
    }

    static boolean hasCollections(TableDefinition table) {
        return table.indexes().stream().anyMatch(index -> !index.global());
    }

    /** Writes the object for the collection of an item or key. */
    static void write(JsonGenerator json, ItemActions items, TableDefinition table, Item key) throws IOException {
        String partition = table.keys().partition().name();
        Value value = key.get(partition);
        long from = items.itemCollectionSize(table.name(), key.only(table.keys().names())) / GIGABYTE;
        json.writeStartObject();
        json.writeObjectFieldStart("ItemCollectionKey");
        if (value != null) {
            json.writeFieldName(partition);
            ItemJson.write(json, value);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("SizeEstimateRangeGB");
        json.writeNumber((double) from);
        json.writeNumber((double) from + 1);
        json.writeEndArray();
        json.writeEndObject();
    }
}
