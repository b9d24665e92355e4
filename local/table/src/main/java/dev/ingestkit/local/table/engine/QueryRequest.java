package dev.ingestkit.local.table.engine;

import org.jspecify.annotations.Nullable;

/**
 * A query.
 *
 * @param index the index to read, or null for the table
 * @param keys the keys to read, of the index where one is named
 * @param forward whether sort keys rise
 * @param filter what items must satisfy to be returned, or null for all
 * @param fetchItems whether items of a local index are read from the table, for attributes that are not projected
 */
public record QueryRequest(
        String table,
        @Nullable String index,
        KeyCondition keys,
        boolean forward,
        Page page,
        @Nullable ItemCondition filter,
        boolean consistent,
        boolean fetchItems) {}
