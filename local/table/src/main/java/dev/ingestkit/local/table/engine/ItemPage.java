package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a query or scan.
 *
 * @param items the items that satisfied the filter, as the index or table holds them
 * @param scanned the number of items evaluated
 * @param lastKey the LastEvaluatedKey, or null if nothing follows
 */
public record ItemPage(
        List<Item> items, int scanned, @Nullable Item lastKey, Consumed consumed) {}
