package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;

/** Makes primary keys of one table's items. Immutable. */
final class TableKeys {
    private final KeySchema schema;

    TableKeys(KeySchema schema) {
        this.schema = schema;
    }

    KeySchema schema() {
        return schema;
    }

    /** Returns the primary key of a whole item, which is checked. */
    byte[] ofItem(Item item) {
        Value partition = KeyChecks.ofItem(item, schema.partition(), true);
        KeyAttribute sort = schema.sort();
        return KeyBytes.primary(partition, sort == null ? null : KeyChecks.ofItem(item, sort, false));
    }

    /** Returns the primary key of a key, which is checked. */
    byte[] ofKey(Item key) {
        KeyAttribute sort = schema.sort();
        if (key.count() != (sort == null ? 1 : 2)) {
            throw KeyChecks.mismatch();
        }
        Value partition = KeyChecks.ofKey(key, schema.partition(), true);
        return KeyBytes.primary(partition, sort == null ? null : KeyChecks.ofKey(key, sort, false));
    }

    /** Returns the key attributes of an item. */
    Item keyOf(Item item) {
        return item.only(schema.names());
    }
}
