package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A position in an item: an attribute's name, then names of map entries and indexes of list elements. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.Attributes.html">Document
 *     paths</a>
 */
public final class DocumentPath {
    /** The maximum number of steps in a path. */
    public static final int MAX_DEPTH = 32;

    /** A name for each step, null for an index. */
    private final @Nullable String[] names;

    private final int[] indexes;

    DocumentPath(@Nullable String[] names, int[] indexes) {
        this.names = names;
        this.indexes = indexes;
    }

    /** Returns the path of an attribute. */
    public static DocumentPath of(String attribute) {
        return new DocumentPath(new String[] {attribute}, new int[1]);
    }

    /** Returns the attribute's name. */
    public String attribute() {
        String name = names[0];
        if (name == null) {
            throw new IllegalStateException("path starts with an index: " + this);
        }
        return name;
    }

    /** Returns the number of steps. */
    public int depth() {
        return names.length;
    }

    /** Returns whether the path leads into an attribute. */
    public boolean isNested() {
        return names.length > 1;
    }

    /** Returns the name of the map entry that a step takes, or null if it takes a list element. */
    @Nullable
    String name(int step) {
        return names[step];
    }

    int index(int step) {
        return indexes[step];
    }

    /** Returns the value at this path, or null if the item has none. */
    public @Nullable Value find(Item item) {
        Value value = item.get(attribute());
        for (int step = 1; step < names.length && value != null; step++) {
            value = child(value, step);
        }
        return value;
    }

    private @Nullable Value child(Value parent, int step) {
        String name = names[step];
        if (name == null) {
            return parent.type() == ValueType.L ? parent.get(indexes[step]) : null;
        }
        return parent.type() == ValueType.M ? parent.get(name) : null;
    }

    /** Returns whether one path is the other or leads into it. */
    boolean overlaps(DocumentPath other) {
        int common = Math.min(depth(), other.depth());
        for (int step = 0; step < common; step++) {
            if (!isSameStep(other, step)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether one path takes an entry of a map where the other takes an element of a list. */
    boolean conflicts(DocumentPath other) {
        int common = Math.min(depth(), other.depth());
        for (int step = 0; step < common; step++) {
            if ((names[step] == null) != (other.names[step] == null)) {
                return true;
            }
            if (!isSameStep(other, step)) {
                return false;
            }
        }
        return false;
    }

    private boolean isSameStep(DocumentPath other, int step) {
        String name = names[step];
        return name == null
                ? other.names[step] == null && indexes[step] == other.indexes[step]
                : name.equals(other.names[step]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentPath path
                && Arrays.equals(names, path.names)
                && Arrays.equals(indexes, path.indexes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names) * 31 + Arrays.hashCode(indexes);
    }

    /** Returns the path as DynamoDB's messages write it, such as {@code [a, [1], b]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int step = 0; step < names.length; step++) {
            if (step > 0) {
                text.append(", ");
            }
            text.append(names[step] == null ? "[" + indexes[step] + "]" : names[step]);
        }
        return text.append(']').toString();
    }
}
