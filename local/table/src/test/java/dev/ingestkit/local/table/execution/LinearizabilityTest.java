package dev.ingestkit.local.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.store.DurableStore;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.ItemUpdate;
import dev.ingestkit.local.table.engine.StreamActions;
import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition.StreamDefinition;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parallel writers and readers: what they saw must be explained by some order of what they did. */
final class LinearizabilityTest {
    private static final int THREADS = 4;
    private static final int OPERATIONS = 4;
    private static final int ROUNDS = 2_000;

    /** One operation on an item as its caller saw it; the results of puts and deletes are the values replaced. */
    private record Seen(long from, long to, Kind kind, int wanted, int written, int result) {}

    private enum Kind {
        PUT,
        PUT_IF,
        DELETE,
        GET
    }

    private static final int ABSENT = -1;
    private static final int REFUSED = -2;

    @Test
    void singleItemsAreLinearizableInMemory() throws Exception {
        try (Store store = new MemoryStore()) {
            checkRounds(store, ROUNDS);
        }
    }

    @Test
    void singleItemsAreLinearizableInAFile(@TempDir Path directory) throws Exception {
        try (Store store = DurableStore.open(directory)) {
            checkRounds(store, ROUNDS / 4);
        }
    }

    private static void checkRounds(Store store, int rounds) throws Exception {
        Engine engine = new Engine(store, new ManualClock(), TableListener.NONE);
        engine.tables().create(Fixture.table(List.of(Fixture.BY_R), null, null));
        for (int round = 0; round < rounds; round++) {
            int item = round;
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<List<Seen>> histories = inParallel(thread -> {
                Random random = new Random(item * 31L + thread);
                List<Seen> seen = new ArrayList<>();
                start.await();
                for (int i = 0; i < OPERATIONS; i++) {
                    seen.add(operate(engine, item, random));
                }
                return seen;
            });
            List<Seen> history = new ArrayList<>();
            histories.forEach(history::addAll);
            assertThat(isExplained(history)).as("%s", history).isTrue();
        }
    }

    private static Seen operate(Engine engine, int number, Random random) {
        Kind kind = Kind.values()[random.nextInt(4)];
        int wanted = random.nextInt(3);
        int written = random.nextInt(3);
        Item key = Fixture.key("p", number);
        long from = System.nanoTime();
        int result = switch (kind) {
            case PUT ->
                value(engine.write(Fixture.put(Fixture.item("p", number, written)))
                        .oldItem());
            case PUT_IF -> putIf(engine, Fixture.item("p", number, written), wanted);
            case DELETE -> value(engine.write(Fixture.delete(key)).oldItem());
            case GET ->
                value(engine.get(new GetRequest(Fixture.TABLE, key, true)).item());
        };
        return new Seen(from, System.nanoTime(), kind, wanted, written, result);
    }

    private static int putIf(Engine engine, Item item, int wanted) {
        try {
            return value(engine.write(Fixture.put(item, stored -> value(stored) == wanted))
                    .oldItem());
        } catch (TableException e) {
            return REFUSED;
        }
    }

    private static int value(@Nullable Item item) {
        Value value = item == null ? null : item.get("v");
        return value == null ? ABSENT : value.number().toBigDecimal().intValue();
    }

    /** Looks for an order that keeps to real time and in which every operation has its result. */
    private static boolean isExplained(List<Seen> history) {
        return isExplained(history, 0, ABSENT, new HashSet<>());
    }

    private static boolean isExplained(List<Seen> history, int done, int state, Set<Long> refuted) {
        if (done == (1 << history.size()) - 1) {
            return true;
        }
        if (!refuted.add((long) done << 8 | state + 1)) {
            return false;
        }
        long firstEnd = Long.MAX_VALUE;
        for (int i = 0; i < history.size(); i++) {
            firstEnd = (done & 1 << i) == 0 ? Math.min(firstEnd, history.get(i).to()) : firstEnd;
        }
        for (int i = 0; i < history.size(); i++) {
            Seen next = history.get(i);
            if ((done & 1 << i) == 0 && next.from() <= firstEnd) {
                Integer after = after(next, state);
                if (after != null && isExplained(history, done | 1 << i, after, refuted)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the state after the operation, or null where the state does not give its result. */
    private static @Nullable Integer after(Seen seen, int state) {
        if (seen.kind() == Kind.PUT_IF) {
            boolean stored = state == seen.wanted();
            return seen.result() == (stored ? state : REFUSED) ? (stored ? seen.written() : state) : null;
        }
        if (seen.result() != state) {
            return null;
        }
        return seen.kind() == Kind.PUT ? seen.written() : seen.kind() == Kind.DELETE ? ABSENT : state;
    }

    @Test
    void transactionsAreSerializable() throws Exception {
        Engine engine = new Engine(new MemoryStore(), new ManualClock(), TableListener.NONE);
        engine.tables().create(Fixture.plain());
        int accounts = 6;
        for (int i = 0; i < accounts; i++) {
            engine.write(Fixture.put(Fixture.item("p", i, 100)));
        }
        List<Integer> transfers = inParallel(thread -> {
            Random random = new Random(thread);
            int done = 0;
            for (int i = 0; i < 2_000; i++) {
                if (i % 3 == 0) {
                    assertThat(sum(engine, accounts)).isEqualTo(accounts * 100);
                } else {
                    done += transfer(engine, random, accounts) ? 1 : 0;
                }
            }
            return done;
        });
        assertThat(sum(engine, accounts)).isEqualTo(accounts * 100);
        assertThat(transfers).allMatch(done -> done > 0);
    }

    private static int sum(Engine engine, int accounts) {
        List<GetRequest> requests = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            requests.add(new GetRequest(Fixture.TABLE, Fixture.key("p", i), true));
        }
        return engine.transactGet(requests).stream()
                .mapToInt(got -> value(got.item()))
                .sum();
    }

    private static boolean transfer(Engine engine, Random random, int accounts) {
        int from = random.nextInt(accounts);
        int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
        int amount = random.nextInt(10);
        int before = value(engine.get(new GetRequest(Fixture.TABLE, Fixture.key("p", from), true))
                .item());
        WriteContext unchanged = new WriteContext("TransactWriteItems", stored -> value(stored) == before, false);
        ItemUpdate add = Fixture.creating(stored -> Fixture.item("p", to, value(stored) + amount));
        try {
            engine.transactWrite(
                    List.of(
                            new WriteRequest.Put(Fixture.TABLE, Fixture.item("p", from, before - amount), unchanged),
                            new WriteRequest.Update(
                                    Fixture.TABLE, Fixture.key("p", to), add, WriteContext.of("TransactWriteItems"))),
                    null);
            return true;
        } catch (TableException e) {
            return false;
        }
    }

    @Test
    void aStreamTellsEveryKeysChangesInTheirOrder() throws Exception {
        Engine engine = new Engine(new MemoryStore(), new ManualClock(), TableListener.NONE);
        StreamDefinition stream = new StreamDefinition("label", StreamView.NEW_AND_OLD_IMAGES);
        engine.tables().create(Fixture.table(List.of(), stream, null));
        StreamActions.ShardRef shard = new StreamActions.ShardRef(
                Fixture.TABLE,
                "label",
                Objects.requireNonNull(engine.streams().find(Fixture.TABLE, "label"))
                        .shards()
                        .get(0)
                        .id());
        int writes = 3_000;
        List<List<StreamRecord>> results = inParallel(thread -> {
            if (thread == 0) {
                return readAll(engine, shard, (THREADS - 1) * writes);
            }
            for (int i = 0; i < writes; i++) {
                engine.write(Fixture.put(Fixture.item("p", i % 5, thread * writes + i)));
            }
            return List.of();
        });
        Map<Item, Item> images = new HashMap<>();
        for (StreamRecord record : results.get(0)) {
            assertThat(record.oldImage())
                    .isEqualTo(images.put(record.keys(), Objects.requireNonNull(record.newImage())));
        }
        images.forEach((key, image) -> assertThat(
                        engine.get(new GetRequest(Fixture.TABLE, key, true)).item())
                .isEqualTo(image));
    }

    /** Reads the shard while it is written, until the given number of records has arrived. */
    private static List<StreamRecord> readAll(Engine engine, StreamActions.ShardRef shard, int count) {
        List<StreamRecord> records = new ArrayList<>();
        long position = 1;
        while (records.size() < count) {
            StreamActions.StreamPage page = engine.streams().read(shard, position, 100);
            records.addAll(page.records());
            position = page.next();
        }
        return records;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(int thread) throws Exception;
    }

    private static <T> List<T> inParallel(Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                Callable<T> call = () -> work.run(thread);
                futures.add(threads.submit(call));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
