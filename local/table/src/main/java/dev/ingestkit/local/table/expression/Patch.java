package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.expression.Operand.UpdateErrors;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.MapCursor;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import dev.ingestkit.local.table.item.ValueWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The new values below one path of an item: a value for the path itself (null removes it), or patches of what is in
 * it. Everything else is copied from the old item's bytes. For a single use.
 */
final class Patch {
    private final Map<String, Patch> names = new HashMap<>();
    private final Map<Integer, Patch> indexes = new TreeMap<>();
    private boolean leaf;
    private @Nullable Value value;

    /** Sets the new value of a path. */
    void put(DocumentPath path, @Nullable Value newValue) {
        Patch patch = this;
        for (int step = 0; step < path.depth(); step++) {
            String name = path.name(step);
            patch = name == null
                    ? patch.indexes.computeIfAbsent(path.index(step), index -> new Patch())
                    : patch.names.computeIfAbsent(name, key -> new Patch());
        }
        patch.leaf = true;
        patch.value = newValue;
    }

    /** Returns the item with the new values. */
    Item apply(Item item) {
        ValueWriter writer = new ValueWriter(item.size() + 256);
        writeMap(item.attributes(), writer);
        return writer.toItem();
    }

    private void writeMap(MapCursor entries, ValueWriter writer) {
        writer.startMap();
        int seen = 0;
        Map<String, Patch> left = names;
        while (entries.next()) {
            String name = seen == names.size() ? null : patched(entries, left);
            if (name == null) {
                writer.entry(entries);
                continue;
            }
            if (left == names) {
                left = new HashMap<>(names);
            }
            seen++;
            Patch patch = left.remove(name);
            if (patch != null && !patch.isRemoval()) {
                writer.name(name);
                patch.write(entries.value(), writer);
            }
        }
        left.forEach((name, patch) -> {
            if (!patch.isRemoval()) {
                writer.name(name);
                patch.write(null, writer);
            }
        });
        writer.endMap();
    }

    private static @Nullable String patched(MapCursor entries, Map<String, Patch> patches) {
        for (String name : patches.keySet()) {
            if (entries.isNamed(name)) {
                return name;
            }
        }
        return null;
    }

    private boolean isRemoval() {
        return leaf && value == null;
    }

    private void write(@Nullable Value old, ValueWriter writer) {
        if (value != null) {
            writer.copy(value);
        } else if (old == null) {
            throw UpdateErrors.wrongPath();
        } else if (old.type() == ValueType.M) {
            writeMap(old.entries(), writer);
        } else {
            writeList(old, writer);
        }
    }

    /** Writes a list; new elements beyond its end follow its last one. */
    private void writeList(Value list, ValueWriter writer) {
        writer.startList();
        int index = 0;
        for (Value element : list.elements()) {
            Patch patch = indexes.get(index++);
            if (patch == null) {
                writer.copy(element);
            } else if (!patch.isRemoval()) {
                patch.write(element, writer);
            }
        }
        int count = index;
        indexes.forEach((position, patch) -> {
            if (position >= count && !patch.isRemoval()) {
                patch.write(null, writer);
            }
        });
        writer.endList();
    }
}
