package dev.ingestkit.local.table.engine;

import org.jspecify.annotations.Nullable;

/**
 * A scan.
 *
 * @param index the index to read, or null for the table
 * @param segment the part to read, or null for all
 * @param filter what items must satisfy to be returned, or null for all
 * @param fetchItems whether items of a local index are read from the table, for attributes that are not projected
 */
public record ScanRequest(
        String table,
        @Nullable String index,
        Page page,
        @Nullable Segment segment,
        @Nullable ItemCondition filter,
        boolean consistent,
        boolean fetchItems) {

    /** One of the parts that a parallel scan divides a table into. */
    public record Segment(int number, int total) {}
}
