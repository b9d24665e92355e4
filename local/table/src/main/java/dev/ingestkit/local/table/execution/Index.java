package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.IndexDefinition.Projected;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
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
        Value partition =
                Objects.requireNonNull(item.get(definition.keys().partition().name()));
        Value sort = KeyChecks.sortOf(item, definition.keys());
        byte[] prefix = KeyBytes.partition(partition, 0);
        if (sort != null) {
            prefix = KeyBytes.concat(prefix, ended(sort));
        }
        return KeyBytes.concat(prefix, primaryKey);
    }

    /** Returns a sort key's bytes in an entry's key: escaped, with their end. */
    static byte[] ended(Value sort) {
        return KeyBytes.concat(KeyBytes.escape(sort.payload()), new byte[2]);
    }

    /** Returns the part of an item that the index holds. */
    Item project(Item item) {
        return definition.projected() == Projected.ALL ? item : item.only(projected);
    }
}
