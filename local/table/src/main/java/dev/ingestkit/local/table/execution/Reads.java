package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.BatchGet;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.Got;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.util.ArrayList;
import java.util.List;

/** Reads items by their whole keys, without locks. Thread-safe. */
final class Reads {
    private static final long MAX_BATCH_BYTES = 16L << 20;

    private final Catalog catalog;
    private final Store store;

    Reads(Catalog catalog, Store store) {
        this.catalog = catalog;
        this.store = store;
    }

    Got get(GetRequest request) {
        Table table = catalog.table(request.table());
        byte[] bytes = store.map(table.items()).get(table.keys().ofKey(request.key()));
        Item item = bytes == null ? null : Item.decode(bytes);
        Consumed consumed = new Consumed(table.name(), true);
        consumed.addTable(Capacity.read(item == null ? 0 : item.size(), request.consistent()));
        return new Got(item, consumed);
    }

    List<BatchGet.Result> batch(List<BatchGet> requests) {
        for (BatchGet request : requests) {
            Table table = catalog.table(request.table());
            request.keys().forEach(table.keys()::ofKey);
        }
        List<BatchGet.Result> results = new ArrayList<>();
        long room = MAX_BATCH_BYTES;
        for (BatchGet request : requests) {
            List<Item> found = new ArrayList<>();
            List<Item> left = new ArrayList<>();
            Consumed consumed = new Consumed(request.table(), true);
            for (Item key : request.keys()) {
                if (room <= 0) {
                    left.add(key);
                    continue;
                }
                Got got = get(new GetRequest(request.table(), key, request.consistent()));
                Item item = got.item();
                if (item != null && item.size() > room) {
                    left.add(key);
                    room = 0;
                    continue;
                }
                consumed.add(got.consumed());
                if (item != null) {
                    found.add(item);
                    room -= item.size();
                }
            }
            results.add(new BatchGet.Result(request.table(), found, left, consumed));
        }
        return results;
    }

    /** Returns the bytes of a partition in the table and its local indexes. */
    long itemCollectionSize(String name, Item key) {
        Table table = catalog.table(name);
        KeyAttribute attribute = table.definition().keys().partition();
        byte[] prefix = KeyBytes.partition(KeyChecks.ofKey(key, attribute, true), 0);
        long bytes = size(table.items(), prefix);
        for (Index index : table.indexes()) {
            if (!index.definition().global()) {
                bytes += size(index.map(), prefix);
            }
        }
        return bytes;
    }

    private long size(String map, byte[] prefix) {
        long bytes = 0;
        for (ByteCursor items = store.map(map).range(prefix, KeyBytes.behind(prefix), true); items.next(); ) {
            bytes += Item.decode(items.value()).size();
        }
        return bytes;
    }

    static TableException invalidStartKey(String detail) {
        return TableException.validation("The provided starting key is invalid" + detail);
    }
}
