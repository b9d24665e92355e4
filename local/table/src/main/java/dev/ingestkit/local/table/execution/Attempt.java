package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import org.jspecify.annotations.Nullable;

/** The change that a write makes to the stored item, or the error that prevents it; exactly one is present. */
record Attempt(
        PendingWrite write,
        @Nullable Item stored,
        @Nullable ItemChange change,
        @Nullable TableException error) {

    static Attempt of(PendingWrite write, @Nullable Item stored) {
        try {
            return new Attempt(write, stored, write.apply(stored), null);
        } catch (TableException e) {
            if (KeyChecks.refusesTransaction(e)) {
                throw e;
            }
            return new Attempt(write, stored, null, e);
        }
    }

    ItemChange changeOrThrow() {
        if (error != null) {
            throw error;
        }
        if (change == null) {
            throw new IllegalStateException("an attempt has neither a change nor an error");
        }
        return change;
    }
}
