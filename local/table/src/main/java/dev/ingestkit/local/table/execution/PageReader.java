package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.ItemCondition;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.item.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one page of a table or index. For a single use. */
final class PageReader {
    private static final int MAX_PAGE_BYTES = 1 << 20;

    private final Store store;
    private final Table table;
    private final @Nullable Index index;
    private final Consumed consumed;
    private @Nullable ItemCondition filter;
    private int limit = Integer.MAX_VALUE;
    private boolean consistent;
    private boolean fetchItems;

    PageReader(Store store, Table table, @Nullable Index index) {
        this.store = store;
        this.table = table;
        this.index = index;
        this.consumed = new Consumed(table.name(), true);
    }

    void filter(@Nullable ItemCondition condition, @Nullable Integer maxItems) {
        filter = condition;
        limit = maxItems == null ? Integer.MAX_VALUE : maxItems;
    }

    void consistent(boolean strongly, boolean fromTable) {
        consistent = strongly;
        fetchItems = fromTable && index != null;
    }

    ItemPage read(KeyRange range, boolean forward) {
        List<Item> items = new ArrayList<>();
        int scanned = 0;
        long bytes = 0;
        Item last = null;
        if (!range.isEmpty()) {
            ByteCursor entries =
                    store.map(index == null ? table.items() : index.map()).range(range.from(), range.to(), forward);
            while (scanned < limit && bytes < MAX_PAGE_BYTES && entries.next()) {
                last = Item.decode(entries.value());
                bytes += last.size();
                scanned++;
                Item item = fetchItems ? fetched(last) : last;
                if (item != null && (filter == null || filter.test(item))) {
                    items.add(item);
                }
            }
        }
        boolean full = last != null && (scanned >= limit || bytes >= MAX_PAGE_BYTES);
        count(bytes);
        return new ItemPage(items, scanned, full && last != null ? keyOf(last) : null, consumed);
    }

    private void count(long bytes) {
        double units = Capacity.read(bytes, consistent);
        if (index == null) {
            consumed.addTable(units);
        } else {
            consumed.addIndex(index.definition(), units);
        }
    }

    /** Returns the whole item of an index entry; null if it was deleted meanwhile. */
    private @Nullable Item fetched(Item entry) {
        byte[] key = table.keys().ofKey(table.keys().keyOf(entry));
        byte[] bytes = store.map(table.items()).get(key);
        Item item = bytes == null ? null : Item.decode(bytes);
        consumed.addTable(Capacity.read(item == null ? 0 : item.size(), consistent));
        return item;
    }

    private Item keyOf(Item item) {
        return item.only(index == null ? table.definition().keys().names() : index.keyNames());
    }
}
