package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.error.TableException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tables. Changes take effect before the method returns; the states in between, such as CREATING, exist only in the
 * API's answers. Thread-safe.
 */
public interface TableCatalog {
    /** Returns a table, or null if none has the name. */
    @Nullable
    TableDefinition find(String name);

    /**
     * Returns a table.
     *
     * @throws TableException ResourceNotFoundException, "Requested resource not found", if none has the name
     */
    TableDefinition get(String name);

    /** Returns all tables in the order of their names. */
    List<TableDefinition> list();

    /**
     * Creates a table.
     *
     * @throws TableException ResourceInUseException if one has the name
     */
    void create(TableDefinition definition);

    /**
     * Replaces a table's definition by what {@code change} makes of it: indexes that are new are filled, indexes that
     * are gone are dropped, streams start and end. The keys must stay.
     *
     * @throws TableException ResourceNotFoundException
     */
    TableDefinition update(String name, UnaryOperator<TableDefinition> change);

    /**
     * Deletes a table with its items; returns its last definition.
     *
     * @throws TableException ResourceNotFoundException
     */
    TableDefinition delete(String name);

    /** Returns the number of items and their bytes, of the table or of one of its indexes, as of now. */
    Volume volume(String table, @Nullable String index);

    /** A number of items and their bytes. */
    record Volume(long items, long bytes) {}
}
