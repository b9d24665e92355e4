package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import org.jspecify.annotations.Nullable;

/** The errors of conditions that are not satisfied. */
final class ConditionFailure {
    /** The name of the error of a single write. */
    static final String NAME = "ConditionalCheckFailedException";

    private static final String MESSAGE = "The conditional request failed";

    private ConditionFailure() {}

    /** Returns the error, with the stored item unless it is null. */
    static TableException of(@Nullable Item item) {
        return item == null
                ? TableException.of(NAME, MESSAGE)
                : TableException.of(NAME, MESSAGE, json -> {
                    json.writeFieldName("Item");
                    ItemJson.write(json, item);
                });
    }

    /** Returns whether the error is that of a condition. */
    static boolean is(TableException error) {
        return error.name().equals(NAME);
    }
}
