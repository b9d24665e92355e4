package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.engine.ItemUpdate;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Operand.UpdateErrors;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.MapCursor;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled update: changes of paths, no two of which overlap or conflict. Immutable. */
public final class Update implements ItemUpdate {
    /** The update that changes nothing; it creates an item of its key alone. */
    public static final Update NONE = new Update(List.of());

    private final List<Change> changes;
    private final Projection touched;

    Update(List<Change> changes) {
        this.changes = List.copyOf(changes);
        this.touched = new Projection(changes.stream().map(Change::path).toList());
    }

    @Override
    public Item apply(Item item) {
        if (changes.isEmpty()) {
            return item;
        }
        Patch patch = new Patch();
        for (Change change : changes) {
            DocumentPath path = change.path();
            Value old = path.isNested() ? requirePlace(path, item) : item.get(path.attribute());
            Value value = change.apply(item, old);
            if (value != null && path.depth() + nesting(value) - 1 > DocumentPath.MAX_DEPTH) {
                throw UpdateErrors.tooDeep();
            }
            patch.put(path, value);
        }
        return patch.apply(item);
    }

    /** Returns the value at a nested path, or null if its parent has none. */
    private static @Nullable Value requirePlace(DocumentPath path, Item item) {
        Value value = item.get(path.attribute());
        for (int step = 1; step < path.depth(); step++) {
            String name = path.name(step);
            if (value == null || value.type() != (name == null ? ValueType.L : ValueType.M)) {
                throw UpdateErrors.wrongPath();
            }
            value = name == null ? value.get(path.index(step)) : value.get(name);
        }
        return value;
    }

    /** Returns the depth of nested containers in the value. */
    private static int nesting(Value value) {
        int deepest = 0;
        if (value.type() == ValueType.M) {
            for (MapCursor entries = value.entries(); entries.next(); ) {
                deepest = Math.max(deepest, nesting(entries.value()));
            }
        } else if (value.type() == ValueType.L) {
            for (Value element : value.elements()) {
                deepest = Math.max(deepest, nesting(element));
            }
        } else {
            return 0;
        }
        return deepest + 1;
    }

    @Override
    public boolean createsItem() {
        return changes.isEmpty() || changes.stream().anyMatch(Change::creates);
    }

    @Override
    public Item touched(Item item) {
        return touched.apply(item);
    }

    /** Returns the names of the attributes that the update changes, in the order of its actions. */
    public Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        for (Change change : changes) {
            names.add(change.path().attribute());
        }
        return names;
    }

    /**
     * Checks that the update changes no key attribute.
     *
     * @throws TableException a ValidationException if it does
     */
    public void requireNoKey(Collection<String> keys) {
        for (String name : attributes()) {
            if (keys.contains(name)) {
                throw TableException.validation("One or more parameter values were invalid: Cannot update attribute "
                        + name + ". This attribute is part of the key");
            }
        }
    }

    /**
     * Checks that no path leads into a key attribute.
     *
     * @param label the name of the keys, {@code Key} of the table or {@code IndexKey}
     * @throws TableException a ValidationException if one does
     */
    public void requireScalarKeys(Collection<String> keys, String label) {
        KeyPaths.requireScalar(changes.stream().map(Change::path).toList(), keys, label);
    }
}
