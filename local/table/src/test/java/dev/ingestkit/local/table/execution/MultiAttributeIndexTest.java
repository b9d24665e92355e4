package dev.ingestkit.local.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.IndexDefinition.Projected;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.Page;
import dev.ingestkit.local.table.engine.QueryRequest;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.item.DynamoNumber;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import dev.ingestkit.local.table.item.ValueWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Queries of an index whose keys have several attributes, beside a sorted list with straight code. */
final class MultiAttributeIndexTest {
    private static final int RUNS = 300;
    private static final int QUERIES = 30;
    private static final List<KeyAttribute> PARTITION =
            List.of(new KeyAttribute("h1", ValueType.S), new KeyAttribute("h2", ValueType.N));
    private static final List<KeyAttribute> SORT = List.of(
            new KeyAttribute("r1", ValueType.S),
            new KeyAttribute("r2", ValueType.B),
            new KeyAttribute("r3", ValueType.N));
    private static final List<Operator> OPERATORS = List.of(
            Operator.EQ, Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN, Operator.BEGINS_WITH);
    /** Texts and bytes of which one is the other's beginning, and those by which the engine ends a value. */
    private static final List<Value> TEXTS = List.of(Value.of("a"), Value.of("a\0"), Value.of("a\0\0b"), Value.of("b"));

    private static final List<Value> BYTES =
            List.of(bytes(0), bytes(0, 0), bytes(0, 255), bytes(0, 255, 0), bytes(1), bytes(255), bytes(255, 255));

    private final Map<String, Item> model = new TreeMap<>();
    private Random random = new Random();
    private Engine engine = new Engine(new MemoryStore(), new ManualClock(), TableListener.NONE);

    @Test
    void queriesFindWhatAListHasInItsOrder() {
        for (int seed = 0; seed < RUNS; seed++) {
            random = new Random(seed);
            engine = new Engine(new MemoryStore(), new ManualClock(), TableListener.NONE);
            engine.tables().create(table());
            model.clear();
            for (int count = 0; count < 40; count++) {
                change();
            }
            for (int count = 0; count < QUERIES; count++) {
                query(seed);
            }
        }
    }

    private static TableDefinition table() {
        List<KeyAttribute> keys = new ArrayList<>(PARTITION);
        keys.addAll(SORT);
        IndexDefinition index =
                Fixture.index("multi", true, new KeySchema(keys, PARTITION.size()), Projected.ALL, List.of());
        return new TableDefinition(
                Fixture.TABLE,
                new KeySchema(new KeyAttribute("id", ValueType.S), null),
                List.of(index),
                null,
                null,
                Instant.EPOCH,
                Item.EMPTY);
    }

    private void change() {
        String id = "i" + random.nextInt(25);
        Item item = item(id);
        if (random.nextInt(5) == 0) {
            engine.write(Fixture.delete(item.only(List.of("id"))));
            model.remove(id);
        } else {
            engine.write(Fixture.put(item));
            model.put(id, item);
        }
    }

    /** Returns an item that lacks a key of the index now and then. */
    private Item item(String id) {
        ValueWriter writer = new ValueWriter(64);
        writer.startMap();
        writer.name("id");
        writer.string(id);
        for (KeyAttribute attribute : keys()) {
            if (random.nextInt(20) > 0) {
                writer.name(attribute.name());
                writer.copy(value(attribute));
            }
        }
        writer.endMap();
        return writer.toItem();
    }

    private static List<KeyAttribute> keys() {
        List<KeyAttribute> keys = new ArrayList<>(PARTITION);
        keys.addAll(SORT);
        return keys;
    }

    private Value value(KeyAttribute attribute) {
        return switch (attribute.type()) {
            case S -> TEXTS.get(random.nextInt(attribute.name().equals("h1") ? 2 : TEXTS.size()));
            case B -> BYTES.get(random.nextInt(BYTES.size()));
            default -> Value.of(DynamoNumber.of(random.nextInt(attribute.name().equals("h2") ? 2 : 5) - 2));
        };
    }

    private void query(int seed) {
        List<Value> partition = PARTITION.stream().map(this::value).toList();
        List<Value> leading = new ArrayList<>();
        int named = random.nextInt(SORT.size() + 1);
        for (KeyAttribute attribute : SORT.subList(0, Math.max(0, named - 1))) {
            leading.add(value(attribute));
        }
        Operator operator = null;
        Value first = null;
        Value second = null;
        if (named > 0) {
            KeyAttribute compared = SORT.get(named - 1);
            operator = OPERATORS.get(random.nextInt(OPERATORS.size() - (compared.type() == ValueType.N ? 1 : 0)));
            first = value(compared);
            second = operator == Operator.BETWEEN ? value(compared) : null;
        }
        KeyCondition condition = new KeyCondition(partition, leading, operator, first, second);
        boolean forward = random.nextBoolean();
        List<Item> expected = expected(condition, forward);
        List<Item> found = allPages(condition, forward);

        assertThat(found)
                .as("seed %d, %s", seed, condition)
                .containsExactlyInAnyOrderElementsOf(expected)
                .isSortedAccordingTo(forward ? order() : order().reversed());
    }

    private List<Item> expected(KeyCondition condition, boolean forward) {
        List<Item> items = new ArrayList<>(model.values());
        items.removeIf(item -> keys().stream().anyMatch(key -> item.get(key.name()) == null));
        items.removeIf(item -> !selects(condition, item));
        items.sort(order());
        if (!forward) {
            Collections.reverse(items);
        }
        return items;
    }

    private static Comparator<Item> order() {
        return (one, other) -> {
            for (KeyAttribute attribute : SORT) {
                int order = value(one, attribute).compareTo(value(other, attribute));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static boolean selects(KeyCondition condition, Item item) {
        for (int at = 0; at < PARTITION.size(); at++) {
            if (!condition.partitions().get(at).equals(value(item, PARTITION.get(at)))) {
                return false;
            }
        }
        for (int at = 0; at < condition.leading().size(); at++) {
            if (!condition.leading().get(at).equals(value(item, SORT.get(at)))) {
                return false;
            }
        }
        Operator operator = condition.operator();
        Value first = condition.first();
        return operator == null
                || first == null
                || Fixture.matches(
                        operator, value(item, SORT.get(condition.leading().size())), first, condition.second());
    }

    private static Value value(Item item, KeyAttribute attribute) {
        return Objects.requireNonNull(item.get(attribute.name()));
    }

    private List<Item> allPages(KeyCondition condition, boolean forward) {
        List<Item> items = new ArrayList<>();
        Item start = null;
        do {
            ItemPage page = engine.query(new QueryRequest(
                    Fixture.TABLE,
                    "multi",
                    condition,
                    forward,
                    new Page(1 + random.nextInt(3), start),
                    null,
                    false,
                    false));
            items.addAll(page.items());
            start = page.lastKey();
        } while (start != null);
        return items;
    }

    private static Value bytes(int... numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int at = 0; at < numbers.length; at++) {
            bytes[at] = (byte) numbers[at];
        }
        return Value.of(bytes);
    }
}
