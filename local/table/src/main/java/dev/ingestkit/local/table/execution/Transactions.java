package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.Got;
import dev.ingestkit.local.table.engine.IdempotencyToken;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Transactions: all keys are locked in one order, so that transactions are serializable and none waits forever.
 * Thread-safe.
 */
final class Transactions {
    private static final long MAX_BYTES = 4L << 20;
    private static final int COST_FACTOR = 2;

    private final Catalog catalog;
    private final Store store;
    private final KeyLocks locks;
    private final Writes writes;
    private final TokenMemory tokens;

    Transactions(Catalog catalog, Store store, KeyLocks locks, Writes writes, TokenMemory tokens) {
        this.catalog = catalog;
        this.store = store;
        this.locks = locks;
        this.writes = writes;
        this.tokens = tokens;
    }

    List<Consumed> write(List<WriteRequest> requests, @Nullable IdempotencyToken token) {
        if (token == null) {
            return writeOnce(requests, new Batch());
        }
        return tokens.guard(token, () -> {
            if (tokens.isRepeated(token)) {
                return repeated(requests);
            }
            Batch batch = new Batch();
            tokens.remember(token, batch);
            return writeOnce(requests, batch);
        });
    }

    /** Returns what a repeated request consumes: reads of its items. */
    private List<Consumed> repeated(List<WriteRequest> requests) {
        ConsumedByTable consumed = new ConsumedByTable();
        for (WriteRequest request : requests) {
            Item stored = writes.stored(writes.check(request));
            Consumed reads = new Consumed(request.table(), true);
            reads.addTable(COST_FACTOR * Capacity.read(stored == null ? 0 : stored.size(), true));
            consumed.add(reads);
        }
        return consumed.list();
    }

    private List<Consumed> writeOnce(List<WriteRequest> requests, Batch batch) {
        List<PendingWrite> pending = check(requests);
        pending.forEach(writes::announce);
        while (true) {
            List<Attempt> attempts = null;
            Map<String, Table> tables = new TreeMap<>();
            pending.forEach(write -> tables.put(write.table().name(), write.table()));
            tables.values().forEach(table -> table.lock().readLock().lock());
            try {
                if (tables.values().stream().allMatch(catalog::isCurrent)) {
                    attempts = attempt(pending, batch);
                }
            } finally {
                tables.values().forEach(table -> table.lock().readLock().unlock());
            }
            if (attempts != null) {
                return finish(attempts);
            }
            pending = check(requests);
        }
    }

    private List<Consumed> finish(List<Attempt> attempts) {
        Reasons reasons = new Reasons(attempts.size());
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            TableException error = attempt.error();
            if (error != null) {
                boolean returned = attempt.write().request().context().returnOldOnFailure();
                reasons.add(i, error, returned ? attempt.stored() : null);
                writes.report(attempt);
            }
        }
        reasons.throwIfAny();
        ConsumedByTable consumed = new ConsumedByTable();
        for (Attempt attempt : attempts) {
            writes.report(attempt);
            consumed.add(attempt.changeOrThrow().consumed(COST_FACTOR));
        }
        return consumed.list();
    }

    private List<PendingWrite> check(List<WriteRequest> requests) {
        requests.forEach(request -> catalog.table(request.table()));
        Reasons reasons = new Reasons(requests.size());
        List<PendingWrite> pending = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            try {
                pending.add(writes.check(requests.get(i)));
            } catch (TableException e) {
                reasons.add(i, e, null);
            }
        }
        reasons.throwIfAny();
        pending.forEach(write -> requireDistinct(keys, write.table(), write.key()));
        return pending;
    }

    private static void requireDistinct(Set<String> keys, Table table, byte[] key) {
        if (!keys.add(table.id() + Arrays.toString(key))) {
            throw TableException.validation("Transaction request cannot include multiple operations on one item");
        }
    }

    private List<Attempt> attempt(List<PendingWrite> pending, Batch batch) {
        List<Attempt> attempts = new ArrayList<>();
        List<ItemChange> changes = new ArrayList<>();
        int[] taken = locks.takeAll(pending.stream()
                .mapToInt(write -> locks.number(write.table(), write.key()))
                .toArray());
        try {
            for (PendingWrite write : pending) {
                Attempt attempt = Attempt.of(write, writes.stored(write));
                attempts.add(attempt);
                ItemChange change = attempt.change();
                if (change != null) {
                    changes.add(change);
                }
            }
            if (changes.size() == attempts.size()) {
                requireRoom(changes.stream().mapToLong(ItemChange::written).sum());
                writes.store(changes, batch, false);
            }
        } finally {
            locks.releaseAll(taken);
        }
        return attempts;
    }

    /** Refuses a transaction whose items have more than 4 MB together; the text is ours. */
    private static void requireRoom(long bytes) {
        if (bytes > MAX_BYTES) {
            throw TableException.validation(
                    "The aggregate size of the items in the transaction exceeds the limit of 4 MB: " + bytes
                            + " bytes");
        }
    }

    List<Got> get(List<GetRequest> requests) {
        requests.forEach(request -> catalog.table(request.table()));
        Reasons reasons = new Reasons(requests.size());
        List<byte[]> keys = new ArrayList<>();
        int[] numbers = new int[requests.size()];
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            Table table = catalog.table(requests.get(i).table());
            try {
                byte[] key = table.keys().ofKey(requests.get(i).key());
                numbers[i] = locks.number(table, key);
                keys.add(key);
            } catch (TableException e) {
                reasons.add(i, e, null);
            }
        }
        reasons.throwIfAny();
        for (int i = 0; i < keys.size(); i++) {
            requireDistinct(distinct, catalog.table(requests.get(i).table()), keys.get(i));
        }
        return read(requests, keys, numbers);
    }

    private List<Got> read(List<GetRequest> requests, List<byte[]> keys, int[] numbers) {
        List<Got> items = new ArrayList<>();
        int[] taken = locks.takeAll(numbers);
        try {
            for (int i = 0; i < keys.size(); i++) {
                Table table = catalog.table(requests.get(i).table());
                byte[] bytes = store.map(table.items()).get(keys.get(i));
                Item item = bytes == null ? null : Item.decode(bytes);
                Consumed consumed = new Consumed(table.name(), true);
                consumed.addTable(COST_FACTOR * Capacity.read(item == null ? 0 : item.size(), true));
                items.add(new Got(item, consumed));
            }
        } finally {
            locks.releaseAll(taken);
        }
        requireRoom(items.stream()
                .mapToLong(got -> got.item() == null ? 0 : got.item().size())
                .sum());
        return items;
    }
}
