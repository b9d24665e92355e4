package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.item.Item;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills and drops what a changed definition adds and removes: indexes and expiries. The table is locked meanwhile. */
final class IndexFill {
    private static final int ENTRIES_PER_BATCH = 1_000;

    private final Store store;

    IndexFill(Store store) {
        this.store = store;
    }

    /** Makes the changes; removals, which need the new definition to be valid, go into the caller's batch. */
    void fill(Table before, Table after, Batch removals) {
        for (Index index : before.indexes()) {
            if (after.definition().index(index.definition().name()) == null) {
                removals.drop(index.map());
            }
        }
        for (Index index : after.indexes()) {
            if (before.definition().index(index.definition().name()) == null) {
                store.commit(new Batch().drop(index.map()));
                fill(after, index);
            }
        }
        String oldTtl = before.definition().ttlAttribute();
        String ttl = after.definition().ttlAttribute();
        if (!Objects.equals(oldTtl, ttl)) {
            store.commit(new Batch().drop(after.expiries()));
            fillExpiries(after, ttl);
        }
    }

    private void fill(Table table, Index index) {
        Batch batch = new Batch();
        int count = 0;
        for (ByteCursor items = store.map(table.items()).all(); items.next(); ) {
            Item item = Item.decode(items.value());
            byte[] key = index.entryKey(item, items.key());
            if (key != null) {
                Item projected = index.project(item);
                batch.put(index.map(), key, projected.encoded());
                index.volume().add(projected.size());
                if (++count % ENTRIES_PER_BATCH == 0) {
                    store.commit(batch);
                    batch = new Batch();
                }
            }
        }
        store.commit(batch);
    }

    private void fillExpiries(Table table, @Nullable String ttl) {
        if (ttl == null) {
            return;
        }
        Batch batch = new Batch();
        for (ByteCursor items = store.map(table.items()).all(); items.next(); ) {
            byte[] entry = Expiry.entry(ttl, Item.decode(items.value()), items.key());
            if (entry != null) {
                batch.put(table.expiries(), entry, Expiry.NOTHING);
            }
        }
        store.commit(batch);
    }
}
