package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import org.jspecify.annotations.Nullable;

/** Why one action of a transaction failed; code {@code None} where it did not. */
public record CancellationReason(
        String code, @Nullable String message, @Nullable Item item) {
    /** The reason of an action that did not fail. */
    public static final CancellationReason NONE = new CancellationReason("None", null, null);
}
