package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.MapCursor;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import dev.ingestkit.local.table.item.ValueWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A compiled projection: the part of an item that its paths name. Immutable. */
public final class Projection {
    private final List<DocumentPath> paths;
    private final Branch root = new Branch();

    /** Creates the projection of paths of which no two overlap or conflict. */
    Projection(List<DocumentPath> paths) {
        this.paths = List.copyOf(paths);
        for (DocumentPath path : paths) {
            root.add(path, 0);
        }
    }

    /** Returns the names of the attributes that the projection reads, in the order of the paths. */
    public Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        for (DocumentPath path : paths) {
            names.add(path.attribute());
        }
        return names;
    }

    /**
     * Checks that no path leads into a key attribute.
     *
     * @param label the name of the keys, {@code Key} of the table or {@code IndexKey}
     */
    public void requireScalarKeys(Collection<String> keys, String label) {
        KeyPaths.requireScalar(paths, keys, label);
    }

    /** Returns the part of the item that the paths name; elements of lists move together. */
    public Item apply(Item item) {
        ValueWriter writer = new ValueWriter(256);
        writer.startMap();
        for (Map.Entry<String, Branch> entry : root.names.entrySet()) {
            Value value = item.get(entry.getKey());
            if (value != null && entry.getValue().matches(value)) {
                writer.name(entry.getKey());
                entry.getValue().write(value, writer);
            }
        }
        writer.endMap();
        return writer.toItem();
    }

    /** The paths below one path; without any, all of it. */
    private static final class Branch {
        private final Map<String, Branch> names = new LinkedHashMap<>();
        private final Map<Integer, Branch> indexes = new TreeMap<>();

        void add(DocumentPath path, int step) {
            if (step == path.depth()) {
                return;
            }
            String name = path.name(step);
            Branch child = name == null
                    ? indexes.computeIfAbsent(path.index(step), index -> new Branch())
                    : names.computeIfAbsent(name, key -> new Branch());
            child.add(path, step + 1);
        }

        private boolean isLeaf() {
            return names.isEmpty() && indexes.isEmpty();
        }

        /** Returns whether the value has any of the paths. */
        boolean matches(Value value) {
            if (isLeaf()) {
                return true;
            }
            for (Map.Entry<String, Branch> entry : names.entrySet()) {
                if (isIn(entry.getValue(), value.type() == ValueType.M ? value.get(entry.getKey()) : null)) {
                    return true;
                }
            }
            for (Map.Entry<Integer, Branch> entry : indexes.entrySet()) {
                if (isIn(entry.getValue(), value.type() == ValueType.L ? value.get(entry.getKey()) : null)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isIn(Branch branch, @Nullable Value value) {
            return value != null && branch.matches(value);
        }

        void write(Value value, ValueWriter writer) {
            if (isLeaf()) {
                writer.copy(value);
            } else if (value.type() == ValueType.M) {
                writeEntries(value, writer);
            } else {
                writeElements(value, writer);
            }
        }

        private void writeEntries(Value map, ValueWriter writer) {
            writer.startMap();
            for (MapCursor entries = map.entries(); entries.next(); ) {
                Branch branch = names.get(entries.name());
                if (branch != null && branch.matches(entries.value())) {
                    writer.name(entries.name());
                    branch.write(entries.value(), writer);
                }
            }
            writer.endMap();
        }

        private void writeElements(Value list, ValueWriter writer) {
            writer.startList();
            int index = 0;
            for (Value element : list.elements()) {
                Branch branch = indexes.get(index++);
                if (branch != null && branch.matches(element)) {
                    branch.write(element, writer);
                }
            }
            writer.endList();
        }
    }
}
