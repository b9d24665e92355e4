package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.CancellationReason;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reasons why a transaction is canceled, one for each of its actions. */
final class Reasons {
    private final CancellationReason[] reasons;
    private boolean any;

    Reasons(int count) {
        reasons = new CancellationReason[count];
        Arrays.fill(reasons, CancellationReason.NONE);
    }

    void add(int index, TableException error, @Nullable Item item) {
        any = true;
        reasons[index] = ConditionFailure.is(error)
                ? new CancellationReason("ConditionalCheckFailed", error.getMessage(), item)
                : new CancellationReason("ValidationError", error.getMessage(), null);
    }

    void throwIfAny() {
        if (any) {
            throw CancellationReason.canceled(List.of(reasons));
        }
    }
}
