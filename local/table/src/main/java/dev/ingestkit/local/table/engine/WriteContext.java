package dev.ingestkit.local.table.engine;

import org.jspecify.annotations.Nullable;

/**
 * The circumstances of a write.
 *
 * @param action the API action that listeners receive, such as {@code PutItem}
 * @param condition the condition on the stored item, or null for any item
 * @param returnOldOnFailure whether a failed condition returns the stored item
 */
public record WriteContext(String action, @Nullable ItemCondition condition, boolean returnOldOnFailure) {
    /** Returns the circumstances of a write without a condition. */
    public static WriteContext of(String action) {
        return new WriteContext(action, null, false);
    }
}
