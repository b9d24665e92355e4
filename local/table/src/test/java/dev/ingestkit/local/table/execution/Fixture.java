package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.IndexDefinition.Projected;
import dev.ingestkit.local.table.engine.ItemCondition;
import dev.ingestkit.local.table.engine.ItemUpdate;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.TableDefinition.StreamDefinition;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tables and items for the engine's tests. */
final class Fixture {
    static final String TABLE = "orders";
    static final KeyAttribute P = new KeyAttribute("p", ValueType.S);
    static final KeyAttribute S = new KeyAttribute("s", ValueType.N);
    static final KeyAttribute G = new KeyAttribute("g", ValueType.S);
    static final KeyAttribute R = new KeyAttribute("r", ValueType.N);
    static final IndexDefinition BY_G = index("by-g", true, new KeySchema(G, R), Projected.ALL, List.of());
    static final IndexDefinition G_KEYS = index("g-keys", true, new KeySchema(G, null), Projected.KEYS_ONLY, List.of());
    static final IndexDefinition BY_R = index("by-r", false, new KeySchema(P, R), Projected.INCLUDE, List.of("v"));

    private Fixture() {}

    static IndexDefinition index(
            String name, boolean global, KeySchema keys, Projected projected, List<String> nonKeys) {
        return new IndexDefinition(name, global, keys, projected, nonKeys, Item.EMPTY);
    }

    static TableDefinition table(
            List<IndexDefinition> indexes, @Nullable StreamDefinition stream, @Nullable String ttlAttribute) {
        return new TableDefinition(
                TABLE, new KeySchema(P, S), indexes, stream, ttlAttribute, Instant.EPOCH, Item.EMPTY);
    }

    static TableDefinition plain() {
        return table(List.of(), null, null);
    }

    static UnaryOperator<TableDefinition> withIndexes(List<IndexDefinition> indexes) {
        return old -> new TableDefinition(
                old.name(), old.keys(), indexes, old.stream(), old.ttlAttribute(), old.created(), old.settings());
    }

    /** Returns the item of JSON with single quotes. */
    static Item item(String json) {
        return ItemJson.item(json.replace('\'', '"'));
    }

    static Item key(String p, int s) {
        return item("{'p':{'S':'" + p + "'},'s':{'N':'" + s + "'}}");
    }

    /** Returns an item with the key and a number. */
    static Item item(String p, int s, int v) {
        return item("{'p':{'S':'" + p + "'},'s':{'N':'" + s + "'},'v':{'N':'" + v + "'}}");
    }

    static WriteRequest put(Item item) {
        return new WriteRequest.Put(TABLE, item, WriteContext.of("PutItem"));
    }

    static WriteRequest put(Item item, ItemCondition condition) {
        return new WriteRequest.Put(TABLE, item, new WriteContext("PutItem", condition, false));
    }

    static WriteRequest delete(Item key) {
        return new WriteRequest.Delete(TABLE, key, WriteContext.of("DeleteItem"));
    }

    static WriteRequest update(Item key, UnaryOperator<Item> change) {
        return new WriteRequest.Update(TABLE, key, creating(change), WriteContext.of("UpdateItem"));
    }

    static ItemUpdate creating(UnaryOperator<Item> change) {
        return new ItemUpdate() {
            @Override
            public Item apply(Item item) {
                return change.apply(item);
            }

            @Override
            public boolean createsItem() {
                return true;
            }

            @Override
            public Item touched(Item item) {
                return item;
            }
        };
    }

    /** Returns whether a sort key fulfills a condition, by straight code beside the engine's. */
    static boolean matches(Operator operator, Value sort, Value first, @Nullable Value second) {
        int order = sort.compareTo(first);
        return switch (operator) {
            case EQ -> order == 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case BETWEEN -> order >= 0 && second != null && sort.compareTo(second) <= 0;
            case BEGINS_WITH -> sort.startsWith(first);
        };
    }
}
