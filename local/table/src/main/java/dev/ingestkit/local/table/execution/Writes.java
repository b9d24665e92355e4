package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.engine.TableListener.ItemEvent;
import dev.ingestkit.local.table.engine.TableListener.Outcome;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.engine.Written;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes single items: a write holds the lock of its key from reading the stored item until the change is stored.
 * Thread-safe.
 */
final class Writes {
    private final Catalog catalog;
    private final Store store;
    private final KeyLocks locks;
    private final InstantSource clock;
    private final TableListener listener;

    Writes(Catalog catalog, Store store, KeyLocks locks, InstantSource clock, TableListener listener) {
        this.catalog = catalog;
        this.store = store;
        this.locks = locks;
        this.clock = clock;
        this.listener = listener;
    }

    Written write(WriteRequest request) {
        PendingWrite write = check(request);
        announce(write);
        while (true) {
            Attempt attempt = null;
            Table table = write.table();
            table.lock().readLock().lock();
            try {
                if (catalog.isCurrent(table)) {
                    attempt = attempt(write);
                }
            } finally {
                table.lock().readLock().unlock();
            }
            if (attempt != null) {
                report(attempt);
                ItemChange change = attempt.changeOrThrow();
                return new Written(change.before(), change.after(), change.consumed(1));
            }
            write = check(request);
        }
    }

    PendingWrite check(WriteRequest request) {
        return PendingWrite.check(catalog.table(request.table()), request);
    }

    /** Lets the listener refuse the write. */
    void announce(PendingWrite write) {
        if (listener != TableListener.NONE) {
            String action = write.request().context().action();
            listener.beforeWrite(action, write.table().name(), write.keyItem());
        }
    }

    private Attempt attempt(PendingWrite write) {
        ReentrantLock lock = locks.lock(locks.number(write.table(), write.key()));
        lock.lock();
        try {
            Attempt attempt = Attempt.of(write, stored(write));
            ItemChange change = attempt.change();
            if (change != null) {
                store(List.of(change), new Batch(), false);
            }
            return attempt;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the stored item of the write's key. */
    @Nullable
    Item stored(PendingWrite write) {
        byte[] bytes = store.map(write.table().items()).get(write.key());
        return bytes == null ? null : Item.decode(bytes);
    }

    /** Stores changes of locked keys together, with their stream records and the batch's earlier changes. */
    void store(List<ItemChange> changes, Batch batch, boolean byService) {
        List<Position> positions = new ArrayList<>(0);
        try {
            for (ItemChange change : changes) {
                change.addTo(batch);
                addRecord(change, batch, positions, byService);
            }
            store.commit(batch);
        } finally {
            positions.forEach(position -> position.log().settle(position.number()));
        }
        changes.forEach(ItemChange::count);
    }

    /** A position taken in a stream. */
    private record Position(StreamLog log, long number) {}

    private void addRecord(ItemChange change, Batch batch, List<Position> positions, boolean byService) {
        StreamLog log = change.table().stream();
        if (log == null || !change.isChanged()) {
            return;
        }
        Position position = new Position(log, log.take());
        positions.add(position);
        StreamRecord record = change.record(position.number(), clock.instant(), log.view(), byService);
        batch.put(log.map(), StreamRecordCodec.key(position.number()), StreamRecordCodec.encode(record));
    }

    /**
     * Notifies the listener of a stored change or of a condition that was not satisfied; other checks are not reported.
     */
    void report(Attempt attempt) {
        if (listener == TableListener.NONE) {
            return;
        }
        PendingWrite write = attempt.write();
        ItemChange change = attempt.change();
        TableException error = attempt.error();
        if (change != null && write.request().kind() != WriteRequest.Kind.CHECK) {
            listener.onWrite(change.event());
        } else if (error != null && ConditionFailure.is(error)) {
            listener.onWrite(new ItemEvent(
                    write.table().name(),
                    write.request().context().action(),
                    Outcome.CONDITION_FAILED,
                    false,
                    write.keyItem(),
                    attempt.stored(),
                    attempt.stored()));
        }
    }

    List<Consumed> batch(List<WriteRequest> requests) {
        requests.forEach(this::check);
        ConsumedByTable consumed = new ConsumedByTable();
        for (WriteRequest request : requests) {
            consumed.add(write(request).consumed());
        }
        return consumed.list();
    }
}
