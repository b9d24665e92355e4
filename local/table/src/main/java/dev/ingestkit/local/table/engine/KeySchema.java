package dev.ingestkit.local.table.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a table or an index. A table and a local index have one partition key and at most one sort key; a global
 * index has up to four attributes of each kind. Immutable.
 *
 * @param attributes the attributes of the partition key, then those of the sort key
 * @param partitionKeys the number of attributes that are the partition key
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html">Keys of several attributes</a>
 */
public record KeySchema(List<KeyAttribute> attributes, int partitionKeys) {

    public KeySchema {
        attributes = List.copyOf(attributes);
        if (partitionKeys < 1 || partitionKeys > attributes.size()) {
            throw new IllegalArgumentException(
                    "%d of %d attributes cannot be a partition key".formatted(partitionKeys, attributes.size()));
        }
    }

    /** Creates the key of one partition key and, unless it is null, one sort key. */
    public KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {
        this(sort == null ? List.of(partition) : List.of(partition, sort), 1);
    }

    /** Returns the partition key, or the first attribute of one that has several. */
    public KeyAttribute partition() {
        return attributes.get(0);
    }

    /** Returns the sort key, the first attribute of one that has several, or null without a sort key. */
    public @Nullable KeyAttribute sort() {
        return partitionKeys < attributes.size() ? attributes.get(partitionKeys) : null;
    }

    /** Returns the attributes of the partition key. */
    public List<KeyAttribute> partitionAttributes() {
        return attributes.subList(0, partitionKeys);
    }

    /** Returns the attributes of the sort key in the order by which items are sorted; empty without a sort key. */
    public List<KeyAttribute> sortAttributes() {
        return attributes.subList(partitionKeys, attributes.size());
    }

    /** Returns whether the partition key or the sort key has several attributes. */
    public boolean isMultiAttribute() {
        return partitionKeys > 1 || attributes.size() - partitionKeys > 1;
    }

    /** Returns the names of the key's attributes, the partition key first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(attributes.size());
        for (KeyAttribute attribute : attributes) {
            names.add(attribute.name());
        }
        return names;
    }
}
