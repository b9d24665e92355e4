package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * A table as of one definition. A change of the definition makes another one that shares items, lock and volume.
 * Immutable but for these.
 */
final class Table {
    private final TableDefinition definition;
    private final String id;
    private final TableKeys keys;
    private final List<Index> indexes;
    private final ReadWriteLock lock;
    private final VolumeCount volume;
    private final @Nullable StreamLog stream;

    /**
     * Creates a table; {@code before} is the table that it replaces, or null; {@code fresh} is false for a loaded one.
     */
    Table(TableDefinition definition, String id, @Nullable Table before, boolean fresh, @Nullable StreamLog stream) {
        this.definition = definition;
        this.id = id;
        this.keys = new TableKeys(definition.keys());
        this.lock = before == null ? new StampedLock().asReadWriteLock() : before.lock;
        this.volume = before == null ? new VolumeCount(fresh) : before.volume;
        this.stream = stream;
        Map<String, Index> old = new HashMap<>();
        if (before != null) {
            before.indexes.forEach(index -> old.put(index.definition().name(), index));
        }
        List<Index> list = new ArrayList<>();
        for (IndexDefinition index : definition.indexes()) {
            Index same = old.get(index.name());
            VolumeCount count = same == null ? new VolumeCount(before != null || fresh) : same.volume();
            list.add(new Index(index, definition.keys(), "x/" + id + "/" + index.name(), count));
        }
        this.indexes = List.copyOf(list);
    }

    TableDefinition definition() {
        return definition;
    }

    String name() {
        return definition.name();
    }

    String id() {
        return id;
    }

    TableKeys keys() {
        return keys;
    }

    List<Index> indexes() {
        return indexes;
    }

    /** Held for reading by writes of items, for writing by changes of the table. No thread may take it twice. */
    ReadWriteLock lock() {
        return lock;
    }

    VolumeCount volume() {
        return volume;
    }

    @Nullable
    StreamLog stream() {
        return stream;
    }

    /** Returns the name of the store's map of items. */
    String items() {
        return "i/" + id;
    }

    /** Returns the name of the store's map of expiries. */
    String expiries() {
        return "e/" + id;
    }

    /** Returns the index of the name. */
    Index index(String name) {
        for (Index index : indexes) {
            if (index.definition().name().equals(name)) {
                return index;
            }
        }
        throw TableException.validation("The table does not have the specified index: " + name);
    }
}
