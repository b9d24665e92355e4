package dev.ingestkit.local.table.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.store.DurableStore;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.ItemCondition;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.Page;
import dev.ingestkit.local.table.engine.QueryRequest;
import dev.ingestkit.local.table.engine.ScanRequest;
import dev.ingestkit.local.table.engine.ScanRequest.Segment;
import dev.ingestkit.local.table.engine.TableCatalog;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.engine.Written;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.DynamoNumber;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random operations on the engine and on a map with straight code: both must say the same. */
final class EngineModelTest {
    private static final int RUNS = 10_000;
    private static final int OPERATIONS = 12;
    private static final List<Operator> OPERATORS =
            List.of(Operator.EQ, Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN);
    private static final List<IndexDefinition> INDEXES = List.of(Fixture.BY_G, Fixture.G_KEYS, Fixture.BY_R);

    private final TreeMap<String, ModelItem> model = new TreeMap<>();
    private Random random = new Random();
    private Engine engine = new Engine(new MemoryStore(), new ManualClock(), TableListener.NONE);

    @Test
    void theEngineBehavesLikeTheModel() {
        for (int seed = 0; seed < RUNS; seed++) {
            random = new Random(seed);
            if (seed % 100 == 0) {
                engine = new Engine(new MemoryStore(), new ManualClock(), TableListener.NONE);
                engine.tables().create(Fixture.table(INDEXES, null, null));
                model.clear();
            }
            for (int i = 0; i < OPERATIONS; i++) {
                operate();
            }
        }
    }

    @Test
    void aDurableEngineDoesSoAcrossRestarts(@TempDir Path directory) throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            try (Store store = DurableStore.open(directory.resolve("data"))) {
                random = new Random(seed);
                engine = new Engine(store, new ManualClock(), TableListener.NONE);
                if (seed == 0) {
                    engine.tables().create(Fixture.table(INDEXES, null, null));
                }
                compareScans();
                for (int i = 0; i < 50; i++) {
                    operate();
                }
                long bytes = model.values().stream()
                        .mapToLong(item -> item.item().size())
                        .sum();
                assertThat(engine.tables().volume(Fixture.TABLE, null))
                        .isEqualTo(new TableCatalog.Volume(model.size(), bytes));
            }
        }
    }

    @Test
    void indexesFilledLaterEqualThoseKeptUpToDate() {
        engine.tables().create(Fixture.plain());
        for (int i = 0; i < 200; i++) {
            put();
        }
        engine.tables().update(Fixture.TABLE, Fixture.withIndexes(INDEXES));
        compareScans();
        engine.tables().update(Fixture.TABLE, Fixture.withIndexes(List.of(Fixture.BY_R)));
        for (int i = 0; i < 200; i++) {
            put();
        }
        engine.tables().update(Fixture.TABLE, Fixture.withIndexes(INDEXES));
        compareScans();
        for (IndexDefinition index : INDEXES) {
            long bytes = model.values().stream()
                    .filter(item -> item.isIn(index))
                    .mapToLong(item -> item.itemIn(index).size())
                    .sum();
            assertThat(engine.tables().volume(Fixture.TABLE, index.name()).bytes())
                    .isEqualTo(bytes);
        }
    }

    private void operate() {
        switch (random.nextInt(9)) {
            case 0, 1 -> put();
            case 2 -> putIf();
            case 3 -> delete();
            case 4 -> increment();
            case 5 -> transact();
            case 6 -> get();
            case 7 -> query();
            default -> compareScans();
        }
    }

    private void put() {
        ModelItem item = ModelItem.random(random);
        Written written = engine.write(Fixture.put(item.item()));
        ModelItem old = model.put(item.key(), item);
        assertThat(written.oldItem()).isEqualTo(old == null ? null : old.item());
        assertThat(written.newItem()).isEqualTo(item.item());
    }

    private void putIf() {
        ModelItem item = ModelItem.random(random);
        ModelItem old = model.get(item.key());
        WriteRequest request = Fixture.put(
                item.item(), stored -> old == null || stored.equals(old.withV(3).item()));
        if (old == null || old.v() == 3) {
            engine.write(request);
            model.put(item.key(), item);
        } else {
            assertThatThrownBy(() -> engine.write(request)).hasMessage("The conditional request failed");
        }
    }

    private void delete() {
        ModelItem item = ModelItem.random(random);
        Written written = engine.write(Fixture.delete(item.keyItem()));
        ModelItem old = model.remove(item.key());
        assertThat(written.oldItem()).isEqualTo(old == null ? null : old.item());
    }

    private void increment() {
        ModelItem item = ModelItem.random(random);
        ModelItem old = model.get(item.key());
        ModelItem changed = old == null ? new ModelItem(item.p(), item.s(), null, null, 1) : old.withV(old.v() + 1);
        engine.write(Fixture.update(item.keyItem(), stored -> {
            assertThat(stored).isEqualTo(old == null ? item.keyItem() : old.item());
            return changed.item();
        }));
        model.put(item.key(), changed);
    }

    private void transact() {
        List<WriteRequest> requests = new ArrayList<>();
        TreeMap<String, ModelItem> after = new TreeMap<>(model);
        Set<String> keys = new HashSet<>();
        boolean fails = random.nextInt(3) == 0;
        for (int i = random.nextInt(4); i >= 0; i--) {
            ModelItem item = ModelItem.random(random);
            if (!keys.add(item.key())) {
                continue;
            }
            if (random.nextBoolean()) {
                requests.add(Fixture.put(item.item()));
                after.put(item.key(), item);
            } else {
                requests.add(Fixture.delete(item.keyItem()));
                after.remove(item.key());
            }
        }
        ModelItem checked = ModelItem.random(random);
        if (keys.add(checked.key())) {
            WriteContext context = new WriteContext("TransactWriteItems", stored -> !fails, false);
            requests.add(new WriteRequest.Check(Fixture.TABLE, checked.keyItem(), context));
            if (fails) {
                assertThatThrownBy(() -> engine.transactWrite(requests, null))
                        .isInstanceOf(TableException.class)
                        .hasMessageContaining("[" + "None, ".repeat(requests.size() - 1) + "ConditionalCheckFailed]");
                return;
            }
        }
        engine.transactWrite(requests, null);
        model.clear();
        model.putAll(after);
    }

    private void get() {
        ModelItem item = ModelItem.random(random);
        ModelItem stored = model.get(item.key());
        Item expected = stored == null ? null : stored.item();
        GetRequest request = new GetRequest(Fixture.TABLE, item.keyItem(), true);
        assertThat(engine.get(request).item()).isEqualTo(expected);
        assertThat(engine.transactGet(List.of(request)).get(0).item()).isEqualTo(expected);
    }

    private void query() {
        IndexDefinition index = random.nextInt(4) == 0 ? null : INDEXES.get(random.nextInt(3));
        ModelItem like = ModelItem.random(random);
        String partition = like.g() == null && index != null && index.global() ? "g0" : like.partitionIn(index);
        boolean sorted = !Fixture.G_KEYS.equals(index) && random.nextInt(4) > 0;
        Operator operator = sorted ? OPERATORS.get(random.nextInt(OPERATORS.size())) : null;
        int first = random.nextInt(9) - 4;
        int second = first + random.nextInt(4) - 1;
        boolean forward = random.nextBoolean();
        KeyCondition condition = new KeyCondition(
                Value.of(partition),
                operator,
                operator == null ? null : Value.of(DynamoNumber.of(first)),
                operator == Operator.BETWEEN ? Value.of(DynamoNumber.of(second)) : null);
        List<Item> expected = expected(
                index,
                forward,
                item -> item.partitionIn(index).equals(partition)
                        && (operator == null || matches(operator, item.sortIn(index), first, second)));
        ItemCondition filter = random.nextBoolean() ? null : item -> item.size() % 2 == 0;
        int limit = 1 + random.nextInt(4);
        List<Item> items = allPages(index, condition, forward, limit, filter);
        if (filter != null) {
            expected.removeIf(item -> !filter.test(item));
        }
        if (Fixture.G_KEYS.equals(index)) {
            assertThat(items).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            assertThat(items.stream().map(item -> order(item, index)))
                    .containsExactlyElementsOf(
                            expected.stream().map(item -> order(item, index)).toList());
            assertThat(items).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private List<Item> allPages(
            @Nullable IndexDefinition index,
            KeyCondition condition,
            boolean forward,
            int limit,
            @Nullable ItemCondition filter) {
        List<Item> items = new ArrayList<>();
        Item start = null;
        do {
            ItemPage page = engine.query(new QueryRequest(
                    Fixture.TABLE,
                    index == null ? null : index.name(),
                    condition,
                    forward,
                    new Page(limit, start),
                    filter,
                    false,
                    false));
            items.addAll(page.items());
            start = page.lastKey();
        } while (start != null);
        return items;
    }

    /** Returns what an order by the index is sure of: entries with equal index keys may come in any order. */
    private static String order(Item item, @Nullable IndexDefinition index) {
        return String.valueOf(item.get(index == null ? "s" : "r"));
    }

    private List<Item> expected(@Nullable IndexDefinition index, boolean forward, Predicate<ModelItem> selected) {
        List<ModelItem> items = new ArrayList<>(model.values());
        items.removeIf(item -> !item.isIn(index) || !selected.test(item));
        items.sort(Comparator.comparingInt(item -> item.sortIn(index)));
        if (!forward) {
            Collections.reverse(items);
        }
        List<Item> projected = new ArrayList<>();
        items.forEach(item -> projected.add(item.itemIn(index)));
        return projected;
    }

    private static boolean matches(Operator operator, int sort, int first, int second) {
        return switch (operator) {
            case EQ -> sort == first;
            case LT -> sort < first;
            case LE -> sort <= first;
            case GT -> sort > first;
            case GE -> sort >= first;
            case BETWEEN -> sort >= first && sort <= second;
            case BEGINS_WITH -> throw new IllegalStateException("numbers have no beginning");
        };
    }

    private void compareScans() {
        int segments = 1 + random.nextInt(3);
        for (IndexDefinition index : Arrays.asList(null, Fixture.BY_G, Fixture.G_KEYS, Fixture.BY_R)) {
            List<Item> items = new ArrayList<>();
            for (int segment = 0; segment < segments; segment++) {
                Item start = null;
                do {
                    ItemPage page = engine.scan(new ScanRequest(
                            Fixture.TABLE,
                            index == null ? null : index.name(),
                            new Page(1 + random.nextInt(20), start),
                            new Segment(segment, segments),
                            null,
                            false,
                            false));
                    items.addAll(page.items());
                    start = page.lastKey();
                } while (start != null);
            }
            assertThat(items).containsExactlyInAnyOrderElementsOf(expected(index, true, item -> true));
        }
    }
}
