package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.ItemUpdate;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.expression.Update;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.util.List;

/** How a key and an update go with the key of a table. */
final class KeyRules {
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
            throw Refusals.bare("The provided key element does not match the schema");
        }
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
