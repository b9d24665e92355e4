package dev.ingestkit.local.table.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of a table or an index: a partition key and, if there is one, a sort key. */
public record KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {

    /** Returns the names of the key's attributes, the partition key first. */
    public List<String> names() {
        return sort == null ? List.of(partition.name()) : List.of(partition.name(), sort.name());
    }

    /** Returns the key's attributes, the partition key first. */
    public List<KeyAttribute> attributes() {
        return sort == null ? List.of(partition) : List.of(partition, sort);
    }
}
