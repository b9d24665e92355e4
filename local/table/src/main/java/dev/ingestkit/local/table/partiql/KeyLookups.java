package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.Page;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Queries the partitions of a SELECT one after the other, page by page as if they were one. */
record KeyLookups(SelectPlan plan, List<KeyCondition> keys) {
    private static final long MAX_PAGE_BYTES = 1L << 20;

    /** @param query reads a page of one partition */
    ItemPage page(Page page, BiFunction<KeyCondition, Page, ItemPage> query) {
        if (keys.size() == 1) {
            return query.apply(keys.get(0), page);
        }
        List<Item> items = new ArrayList<>();
        Consumed consumed = new Consumed(plan.table().name(), true);
        Integer limit = page.limit();
        int scanned = 0;
        long bytes = 0;
        Item startKey = page.startKey();
        for (KeyCondition key : keys.subList(first(startKey), keys.size())) {
            Item last = last(items);
            if (bytes >= MAX_PAGE_BYTES && last != null) {
                return new ItemPage(items, scanned, last, consumed);
            }
            ItemPage part = query.apply(key, new Page(limit == null ? null : limit - scanned, startKey));
            startKey = null;
            items.addAll(part.items());
            consumed.add(part.consumed());
            scanned += part.scanned();
            bytes += part.items().stream().mapToLong(Item::size).sum();
            if (part.lastKey() != null) {
                return new ItemPage(items, scanned, part.lastKey(), consumed);
            }
        }
        return new ItemPage(items, scanned, null, consumed);
    }

    /** Returns the position of the partition in which a page continues. */
    private int first(@Nullable Item startKey) {
        Value partition = startKey == null ? null : startKey.get(partitionName());
        for (int at = 0; at < keys.size(); at++) {
            if (keys.get(at).partition().equals(partition)) {
                return at;
            }
        }
        return 0;
    }

    private String partitionName() {
        IndexDefinition index = plan.index();
        return (index == null ? plan.table().keys() : index.keys()).partition().name();
    }

    /** Returns the key of the last item found: those behind it that the filter left out are read again. */
    private @Nullable Item last(List<Item> items) {
        if (items.isEmpty()) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>(plan.table().keys().names());
        IndexDefinition index = plan.index();
        if (index != null) {
            names.addAll(index.keys().names());
        }
        return items.get(items.size() - 1).only(List.copyOf(names));
    }
}
