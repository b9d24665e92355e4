package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.IndexDefinition.Projected;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One index of a table: where its entries are stored and which item has which entry. Immutable but for its volume. */
final class Index {
    private final IndexDefinition definition;
    private final String map;
    private final Set<String> projected;
    private final List<String> keyNames;
    private final VolumeCount volume;

    Index(IndexDefinition definition, KeySchema tableKeys, String map, VolumeCount volume) {
        this.definition = definition;
        this.map = map;
        this.volume = volume;
        Set<String> names = new LinkedHashSet<>(definition.keys().names());
        names.addAll(tableKeys.names());
        this.keyNames = List.copyOf(names);
        names.addAll(definition.nonKeyAttributes());
        this.projected = names;
    }

    IndexDefinition definition() {
        return definition;
    }

    String map() {
        return map;
    }

    VolumeCount volume() {
        return volume;
    }

    /** Returns the names of the attributes that a page of the index ends with: keys of index and table. */
    List<String> keyNames() {
        return keyNames;
    }

    /** Returns the key of the item's entry, or null if the index leaves the item out. */
    byte @Nullable [] entryKey(Item item, byte[] primaryKey) {
        if (!KeyChecks.isIndexed(item, definition)) {
            return null;
        }
        return entryKeyOf(item, primaryKey);
    }

    /** Returns the key of the entry of an item or start key that has all keys of the index. */
    byte[] entryKeyOf(Item item, byte[] primaryKey) {
        byte[] key = KeyBytes.partition(values(item, definition.keys().partitionAttributes()));
        for (Value sort : values(item, definition.keys().sortAttributes())) {
            key = KeyBytes.concat(key, KeyBytes.ended(sort));
        }
        return KeyBytes.concat(key, primaryKey);
    }

    private static List<Value> values(Item item, List<KeyAttribute> attributes) {
        List<Value> values = new ArrayList<>(attributes.size());
        for (KeyAttribute attribute : attributes) {
            values.add(Objects.requireNonNull(item.get(attribute.name())));
        }
        return values;
    }

    /** Returns the part of an item that the index holds. */
    Item project(Item item) {
        return definition.projected() == Projected.ALL ? item : item.only(projected);
    }
}
