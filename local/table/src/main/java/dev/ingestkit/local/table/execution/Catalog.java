package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.TableCatalog;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The tables as the store holds them. Changes of tables run one after the other. Thread-safe. */
final class Catalog implements TableCatalog {
    private static final String DEFINITIONS = "tables";

    private final Store store;
    private final Streams streams;
    private final IndexFill fill;
    private final ConcurrentSkipListMap<String, Table> tables = new ConcurrentSkipListMap<>();
    private long nextId;

    Catalog(Store store, Streams streams) {
        this.store = store;
        this.streams = streams;
        this.fill = new IndexFill(store);
        for (ByteCursor stored = store.map(DEFINITIONS).all(); stored.next(); ) {
            Item item = Item.decode(stored.value());
            TableDefinition definition = DefinitionCodec.decode(item);
            tables.put(
                    definition.name(), new Table(definition, DefinitionCodec.id(item), null, false, log(definition)));
        }
        for (String map : store.names()) {
            nextId = Math.max(nextId, idOf(map) + 1);
        }
        for (Table table : tables.values()) {
            nextId = Math.max(nextId, Long.parseLong(table.id()) + 1);
        }
    }

    /** Returns the table's id in the name of one of its maps, or -1. */
    private static long idOf(String map) {
        String[] parts = map.split("/", 3);
        boolean ofTable = parts.length > 1 && List.of("i", "x", "e").contains(parts[0]);
        return ofTable ? Long.parseLong(parts[1]) : -1;
    }

    private @Nullable StreamLog log(TableDefinition definition) {
        TableDefinition.StreamDefinition stream = definition.stream();
        return stream == null ? null : streams.log(definition.name(), stream.label());
    }

    /** Returns the table as of now. */
    Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw notFound();
        }
        return table;
    }

    /** Returns whether the table is still as it was when it was looked up. */
    boolean isCurrent(Table table) {
        return tables.get(table.name()) == table;
    }

    Iterable<Table> all() {
        return tables.values();
    }

    private static TableException notFound() {
        return TableException.of("ResourceNotFoundException", "Requested resource not found");
    }

    @Override
    public @Nullable TableDefinition find(String name) {
        Table table = tables.get(name);
        return table == null ? null : table.definition();
    }

    @Override
    public TableDefinition get(String name) {
        return table(name).definition();
    }

    @Override
    public List<TableDefinition> list() {
        List<TableDefinition> definitions = new ArrayList<>();
        tables.values().forEach(table -> definitions.add(table.definition()));
        return definitions;
    }

    @Override
    public synchronized void create(TableDefinition definition) {
        if (tables.containsKey(definition.name())) {
            throw TableException.of("ResourceInUseException", "Table already exists: " + definition.name());
        }
        Batch batch = new Batch();
        TableDefinition.StreamDefinition stream = definition.stream();
        StreamLog log = stream == null ? null : streams.open(definition, stream, batch);
        Table table = new Table(definition, Long.toString(nextId++), null, true, log);
        save(table, batch);
        store.commit(batch);
        tables.put(definition.name(), table);
    }

    private static void save(Table table, Batch batch) {
        batch.put(
                DEFINITIONS,
                table.name().getBytes(StandardCharsets.UTF_8),
                DefinitionCodec.encode(table.definition(), table.id()));
    }

    @Override
    public synchronized TableDefinition update(String name, UnaryOperator<TableDefinition> change) {
        Table before = table(name);
        before.lock().writeLock().lock();
        try {
            TableDefinition definition = change.apply(before.definition());
            if (!definition.keys().equals(before.definition().keys())
                    || !definition.name().equals(name)) {
                throw new IllegalStateException("name and keys of table '" + name + "' cannot change");
            }
            Batch batch = new Batch();
            Table after = new Table(definition, before.id(), before, false, changedStream(before, definition, batch));
            fill.fill(before, after, batch);
            save(after, batch);
            store.commit(batch);
            tables.put(name, after);
            return definition;
        } finally {
            before.lock().writeLock().unlock();
        }
    }

    private @Nullable StreamLog changedStream(Table before, TableDefinition definition, Batch batch) {
        StreamLog old = before.stream();
        TableDefinition.StreamDefinition stream = definition.stream();
        if (old != null && (stream == null || !stream.label().equals(old.label()))) {
            streams.close(old, batch);
        }
        if (stream == null) {
            return null;
        }
        return old != null && stream.label().equals(old.label()) ? old : streams.open(definition, stream, batch);
    }

    @Override
    public synchronized TableDefinition delete(String name) {
        Table table = table(name);
        table.lock().writeLock().lock();
        try {
            Batch batch = new Batch();
            batch.drop(table.items());
            batch.drop(table.expiries());
            table.indexes().forEach(index -> batch.drop(index.map()));
            batch.remove(DEFINITIONS, name.getBytes(StandardCharsets.UTF_8));
            StreamLog log = table.stream();
            if (log != null) {
                streams.close(log, batch);
            }
            store.commit(batch);
            tables.remove(name);
            return table.definition();
        } finally {
            table.lock().writeLock().unlock();
        }
    }

    @Override
    public Volume volume(String name, @Nullable String indexName) {
        Table table = table(name);
        String map = indexName == null ? table.items() : table.index(indexName).map();
        VolumeCount count =
                indexName == null ? table.volume() : table.index(indexName).volume();
        if (count.isKnown()) {
            return new Volume(store.map(map).size(), count.bytes(() -> 0));
        }
        table.lock().writeLock().lock();
        try {
            return new Volume(store.map(map).size(), count.bytes(() -> countBytes(map)));
        } finally {
            table.lock().writeLock().unlock();
        }
    }

    private long countBytes(String map) {
        long bytes = 0;
        for (ByteCursor items = store.map(map).all(); items.next(); ) {
            bytes += Item.decode(items.value()).size();
        }
        return bytes;
    }
}
