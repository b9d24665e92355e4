package dev.ingestkit.local.table.item;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An item, or any other map of attribute names to values such as a key or expression values. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item
 * sizes</a>
 */
public final class Item {
    /** The maximum size of an item, by {@link #size()}. */
    public static final int MAX_SIZE = 400 * 1024;

    /** The item without attributes. */
    public static final Item EMPTY = new ValueWriter(16).emptyItem();

    private final Value map;
    /** The size, computed at the first request for it; at worst two threads compute it. */
    private int size;

    private Item(Value map) {
        this.map = map;
    }

    /** Returns the item whose attributes are the map's entries. */
    public static Item of(Value map) {
        if (map.type() != ValueType.M) {
            throw new IllegalStateException("not a map: " + map.type());
        }
        return new Item(map);
    }

    /** Returns the item stored as {@link #encoded()} bytes, which must not change from now on. */
    public static Item decode(byte[] encoded) {
        return new Item(new Value(encoded, 0, encoded.length));
    }

    /** Returns the item's compact bytes, for storing: shared, never to be changed. */
    public byte[] encoded() {
        if (map.start == 0 && map.end == map.bytes.length) {
            return map.bytes;
        }
        return Arrays.copyOfRange(map.bytes, map.start, map.end);
    }

    /** Returns an attribute's value, or null if the item has no such attribute. */
    public @Nullable Value get(String name) {
        return map.get(name);
    }

    /** Returns a cursor over the attributes in the order of their names. */
    public MapCursor attributes() {
        return map.entries();
    }

    /** Returns the number of attributes. */
    public int count() {
        return map.count();
    }

    /** Returns the attributes as one map value. */
    public Value asMap() {
        return map;
    }

    /** Returns the size in bytes as DynamoDB counts it: names and values of all attributes. */
    public int size() {
        if (size == 0) {
            size = Encoding.entriesSize(map.bytes, map.start);
        }
        return size;
    }

    /** Returns the item with only the named attributes that it has. */
    public Item only(Iterable<String> names) {
        ValueWriter writer = new ValueWriter(map.end - map.start);
        writer.startMap();
        for (String name : names) {
            Value value = get(name);
            if (value != null) {
                writer.name(name);
                writer.copy(value);
            }
        }
        writer.endMap();
        return writer.toItem();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Item item && map.equals(item.map);
    }

    @Override
    public int hashCode() {
        return map.hashCode();
    }

    /** Returns the item as JSON, as the API writes it. */
    @Override
    public String toString() {
        return ItemJson.text(this);
    }
}
