package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one item that a WHERE clause names by its whole key, and the conditions besides.
 *
 * @param rest the conditions that are not equalities of the key
 */
record SingleItem(Item key, List<Node> rest) {
    /** Returns the item that a write names. */
    static SingleItem ofWrite(@Nullable Node where, KeySchema schema) {
        Conjuncts conjuncts = new Conjuncts(where);
        for (KeyAttribute attribute : schema.attributes()) {
            int values = conjuncts.equalTo(attribute.name()).size();
            if (values > 1) {
                throw TableException.validation("Multiple conditions on same key " + attribute.name()
                        + ". Only single item Update/Insert/Delete are supported");
            }
            if (values == 0) {
                throw TableException.validation(
                        "Where clause does not contain a mandatory equality on all key attributes");
            }
        }
        return new SingleItem(key(conjuncts, schema), conjuncts.besides(schema.attributes()));
    }

    /** Returns the item that a read names, or null if it names no whole key or two values of an attribute. */
    static @Nullable SingleItem ofRead(@Nullable Node where, KeySchema schema) {
        Conjuncts conjuncts = new Conjuncts(where);
        for (KeyAttribute attribute : schema.attributes()) {
            if (conjuncts.equalTo(attribute.name()).size() != 1) {
                return null;
            }
        }
        return new SingleItem(key(conjuncts, schema), conjuncts.besides(schema.attributes()));
    }

    private static Item key(Conjuncts conjuncts, KeySchema schema) {
        ValueWriter writer = new ValueWriter(64);
        writer.startMap();
        for (KeyAttribute attribute : schema.attributes()) {
            Value value = conjuncts.equalTo(attribute.name()).get(0);
            writer.name(attribute.name());
            writer.copy(value);
        }
        writer.endMap();
        return writer.toItem();
    }
}
