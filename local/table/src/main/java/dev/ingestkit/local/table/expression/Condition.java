package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.engine.ItemCondition;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A compiled condition or filter. Evaluating it throws nothing. Immutable. */
public final class Condition implements ItemCondition {
    private final Predicate predicate;
    private final List<DocumentPath> paths;

    Condition(Predicate predicate, List<DocumentPath> paths) {
        this.predicate = predicate;
        this.paths = List.copyOf(paths);
    }

    @Override
    public boolean test(Item item) {
        return predicate.test(item);
    }

    /** Returns the names of the attributes that the condition reads, in the order of their first use. */
    public Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        for (DocumentPath path : paths) {
            names.add(path.attribute());
        }
        return names;
    }

    /**
     * Checks a filter of a query: it must not read the key that is queried.
     *
     * @throws TableException a ValidationException if it does
     */
    public void requireNoKey(Collection<String> keys) {
        Set<String> read = attributes();
        for (String key : keys) {
            if (read.contains(key)) {
                throw TableException.validation("Filter Expression can only contain non-primary key attributes: "
                        + "Primary key attribute: " + key);
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
        KeyPaths.requireScalar(paths, keys, label);
    }
}
