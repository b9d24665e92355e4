package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.ItemUpdate;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.expression.Update;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.Comparator;
import java.util.List;

/** Checks keys and updates against the key schema of a table. */
final class KeyRules {
    private static final String MISMATCH = "The provided key element does not match the schema";
    private static final String EMPTY = "One or more parameter values are not valid. ";

    private KeyRules() {}

    /** Refuses a key that has other attributes, or other types, than the table's. */
    static void check(TableDefinition table, Item key) {
        List<KeyAttribute> attributes = table.keys().attributes();
        boolean matches = key.count() == attributes.size();
        for (KeyAttribute attribute : attributes) {
            Value value = key.get(attribute.name());
            matches = matches && value != null && value.type() == attribute.type();
        }
        if (!matches) {
            throw Refusals.bare(MISMATCH);
        }
    }

    /** Returns the key of a write of a batch; a key of another type is reported as in a read. */
    static Item batchKey(TableDefinition table, WriteRequest write) {
        Item item = write.keyed();
        if (write.kind() != WriteRequest.Kind.PUT) {
            check(table, item);
            return item;
        }
        for (KeyAttribute attribute : table.keys().attributes()) {
            Value value = item.get(attribute.name());
            if (value == null) {
                throw Refusals.bare(Refusals.INVALID + "Missing the key " + attribute.name() + " in the item");
            }
            if (value.type() != attribute.type()) {
                throw Refusals.bare(MISMATCH);
            }
        }
        return item.only(table.keys().names());
    }

    /**
     * Refuses empty key attributes, which refuse a transaction as a whole, while other faults of a key are reasons to
     * cancel it.
     */
    static void notEmpty(TableDefinition table, WriteRequest write) {
        Item item = write.keyed();
        for (KeyAttribute attribute : table.keys().attributes()) {
            if (isEmpty(item, attribute)) {
                throw Refusals.bare(EMPTY + emptyValue(attribute) + " Key: " + attribute.name());
            }
        }
        if (write.kind() != WriteRequest.Kind.PUT) {
            return;
        }
        for (IndexDefinition index : byName(table)) {
            for (KeyAttribute attribute : index.keys().attributes()) {
                if (isEmpty(item, attribute)) {
                    throw Refusals.bare(EMPTY + "A value specified for a secondary index key is not supported. "
                            + emptyValue(attribute) + " IndexName: " + index.name() + ", IndexKey: "
                            + attribute.name());
                }
            }
        }
    }

    private static List<IndexDefinition> byName(TableDefinition table) {
        return table.indexes().stream()
                .sorted(Comparator.comparing(IndexDefinition::name))
                .toList();
    }

    private static boolean isEmpty(Item item, KeyAttribute attribute) {
        Value value = item.get(attribute.name());
        return value != null && value.type() == attribute.type() && value.payloadLength() == 0;
    }

    private static String emptyValue(KeyAttribute attribute) {
        return "The AttributeValue for a key attribute cannot contain an empty "
                + (attribute.type() == ValueType.B ? "binary" : "string") + " value.";
    }

    /** Refuses an update of a key attribute, or of a part of an attribute that an index has as a key. */
    static void check(TableDefinition table, Update update) {
        update.requireNoKey(table.keys().names());
        for (IndexDefinition index : table.indexes()) {
            update.requireScalarKeys(index.keys().names(), "IndexKey");
        }
    }

    /** Returns the update with its check, for a transaction, in which a refusal is a reason to cancel. */
    static ItemUpdate checked(TableDefinition table, Update update) {
        return new ItemUpdate() {
            @Override
            public Item apply(Item item) {
                check(table, update);
                return update.apply(item);
            }

            @Override
            public boolean createsItem() {
                return update.createsItem();
            }

            @Override
            public Item touched(Item item) {
                return update.touched(item);
            }
        };
    }
}
