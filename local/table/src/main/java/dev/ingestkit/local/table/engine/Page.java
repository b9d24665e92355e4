package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import org.jspecify.annotations.Nullable;

/**
 * The start of a page of a query or scan, and the number of items that it evaluates.
 *
 * @param limit the most items to evaluate, or null for as many as 1 MB holds
 * @param startKey the ExclusiveStartKey, or null for the beginning
 */
public record Page(@Nullable Integer limit, @Nullable Item startKey) {
    /** The first page, as long as 1 MB holds. */
    public static final Page FIRST = new Page(null, null);
}
