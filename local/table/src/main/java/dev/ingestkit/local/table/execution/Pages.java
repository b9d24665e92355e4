package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.QueryRequest;
import dev.ingestkit.local.table.engine.ScanRequest;
import dev.ingestkit.local.table.engine.ScanRequest.Segment;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads pages of queries and scans, without locks, each from the map as it is when the page begins. Thread-safe. */
final class Pages {
    private final Catalog catalog;
    private final Store store;

    Pages(Catalog catalog, Store store) {
        this.catalog = catalog;
        this.store = store;
    }

    ItemPage query(QueryRequest request) {
        Table table = catalog.table(request.table());
        Index index = request.index() == null ? null : table.index(request.index());
        KeyRange range = KeyRange.of(request.keys(), index != null);
        Item startKey = request.page().startKey();
        if (startKey != null) {
            requireInside(table, index, request.keys(), startKey);
            range = range.after(entryKey(table, index, startKey), request.forward());
        }
        PageReader reader = new PageReader(store, table, index);
        reader.filter(request.filter(), request.page().limit());
        reader.consistent(request.consistent(), request.fetchItems());
        return reader.read(range, request.forward());
    }

    ItemPage scan(ScanRequest request) {
        Table table = catalog.table(request.table());
        Index index = request.index() == null ? null : table.index(request.index());
        Segment segment = request.segment();
        KeyRange range = segment == null ? KeyRange.ALL : KeyRange.of(segment);
        Item startKey = request.page().startKey();
        if (startKey != null) {
            byte[] key = entryKey(table, index, startKey);
            if (segment != null && !range.contains(key)) {
                throw Reads.invalidStartKey(": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
                        + "Segment. TotalSegments: " + segment.total() + " Segment: " + segment.number());
            }
            range = range.after(key, true);
        }
        PageReader reader = new PageReader(store, table, index);
        reader.filter(request.filter(), request.page().limit());
        reader.consistent(request.consistent(), request.fetchItems());
        return reader.read(range, true);
    }

    /** Returns the key of the map's entry that a start key names. */
    private static byte[] entryKey(Table table, @Nullable Index index, Item startKey) {
        List<String> names = index == null ? table.definition().keys().names() : index.keyNames();
        if (startKey.count() != names.size()) {
            throw Reads.invalidStartKey("");
        }
        byte[] primary;
        try {
            primary = table.keys()
                    .ofKey(
                            index == null
                                    ? startKey
                                    : startKey.only(table.definition().keys().names()));
        } catch (TableException e) {
            throw Reads.invalidStartKey(": " + e.getMessage());
        }
        if (index == null) {
            return primary;
        }
        for (KeyAttribute attribute : index.definition().keys().attributes()) {
            Value value = startKey.get(attribute.name());
            if (value == null || value.type() != attribute.type()) {
                throw Reads.invalidStartKey("");
            }
        }
        return index.entryKeyOf(startKey, primary);
    }

    private static void requireInside(Table table, @Nullable Index index, KeyCondition keys, Item startKey) {
        entryKey(table, index, startKey);
        KeySchema schema =
                index == null ? table.definition().keys() : index.definition().keys();
        KeyAttribute compared = keys.compared(schema);
        boolean samePartition = keys.isPartitionOf(startKey, schema);
        if (compared == null) {
            if (!samePartition) {
                throw TableException.validation(
                        "The provided starting key is outside query boundaries based on " + "provided conditions");
            }
            return;
        }
        Value value = startKey.get(compared.name());
        KeyRange range =
                KeyRange.of(new KeyCondition(keys.partition(), keys.operator(), keys.first(), keys.second()), false);
        if (value == null
                || !keys.isLeadingOf(startKey, schema)
                || !range.contains(KeyBytes.primary(keys.partition(), value))) {
            throw TableException.validation("The provided starting key does not match the range key predicate");
        }
        if (!samePartition) {
            throw TableException.validation("The query can return at most one row and cannot be restarted");
        }
    }
}
