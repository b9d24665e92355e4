package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.item.Item;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Deletes expired items, in the name of the service itself. Thread-safe. */
final class Ttl {
    /** The action that listeners receive. */
    static final String ACTION = "TimeToLive";

    private final Catalog catalog;
    private final Store store;
    private final KeyLocks locks;
    private final Writes writes;
    private final InstantSource clock;

    Ttl(Catalog catalog, Store store, KeyLocks locks, Writes writes, InstantSource clock) {
        this.catalog = catalog;
        this.store = store;
        this.locks = locks;
        this.writes = writes;
        this.clock = clock;
    }

    /** Deletes the expired items; returns their number. */
    int sweep() {
        int deleted = 0;
        for (Table table : catalog.all()) {
            if (table.definition().ttlAttribute() != null) {
                deleted += sweep(table);
            }
        }
        return deleted;
    }

    private int sweep(Table table) {
        Instant now = clock.instant();
        ByteCursor entries =
                store.map(table.expiries()).range(Expiry.firstBound(now), Expiry.bound(now.getEpochSecond()), true);
        int deleted = 0;
        while (entries.next()) {
            Attempt attempt = delete(table, Expiry.primaryKey(entries.key()), now);
            if (attempt != null) {
                writes.report(attempt);
                deleted++;
            }
        }
        return deleted;
    }

    /** Deletes the item unless it was written meanwhile or the table was changed; the next sweep sees those again. */
    private @Nullable Attempt delete(Table table, byte[] key, Instant now) {
        String attribute = table.definition().ttlAttribute();
        table.lock().readLock().lock();
        ReentrantLock lock = locks.lock(locks.number(table, key));
        lock.lock();
        try {
            byte[] bytes = store.map(table.items()).get(key);
            if (attribute == null || bytes == null || !catalog.isCurrent(table)) {
                return null;
            }
            Item stored = Item.decode(bytes);
            if (!Expiry.isExpired(attribute, stored, now)) {
                return null;
            }
            Item keyItem = table.keys().keyOf(stored);
            WriteRequest request = new WriteRequest.Delete(table.name(), keyItem, WriteContext.of(ACTION));
            Attempt attempt = Attempt.of(PendingWrite.check(table, request), stored);
            writes.store(List.of(attempt.changeOrThrow()), new Batch(), true);
            return attempt;
        } finally {
            lock.unlock();
            table.lock().readLock().unlock();
        }
    }
}
