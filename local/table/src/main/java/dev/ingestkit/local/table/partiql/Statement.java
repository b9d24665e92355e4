package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.expression.Assignment;
import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.item.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as it was written, its parameters filled in. Immutable. */
sealed interface Statement {
    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** The kinds of statements. */
    enum Kind {
        SELECT,
        INSERT,
        MODIFY,
        DELETE,
        EXISTS
    }

    /** Returns the table's name. */
    String table();

    /** Returns the RETURNING clause, or null if the statement has none. */
    default @Nullable Returning returning() {
        return null;
    }

    /** A table, or one of its indexes. */
    record Source(String table, @Nullable String index) {}

    /** A key attribute to order by. */
    record Ordering(String attribute, boolean descending) {}

    /**
     * Reads items.
     *
     * @param projection the paths to return; empty for all attributes
     */
    record Select(
            List<Node.Path> projection,
            Source source,
            @Nullable Node where,
            List<Ordering> order) implements Statement {
        @Override
        public Kind kind() {
            return Kind.SELECT;
        }

        @Override
        public String table() {
            return source.table();
        }
    }

    /** Stores an item whose key is not taken. */
    record Insert(String table, Item item) implements Statement {
        @Override
        public Kind kind() {
            return Kind.INSERT;
        }
    }

    /** Changes the item of a key. */
    record Modify(
            String table,
            List<Assignment> assignments,
            @Nullable Node where,
            @Nullable Returning returning) implements Statement {
        @Override
        public Kind kind() {
            return Kind.MODIFY;
        }
    }

    /** Deletes the item of a key. */
    record Delete(
            String table, @Nullable Node where, @Nullable Returning returning) implements Statement {
        @Override
        public Kind kind() {
            return Kind.DELETE;
        }
    }

    /** Checks, in a transaction, that an item satisfies a condition. */
    record Exists(Select select) implements Statement {
        @Override
        public Kind kind() {
            return Kind.EXISTS;
        }

        @Override
        public String table() {
            return select.table();
        }
    }

    /** A RETURNING clause: which attributes of the item, before or after the change. */
    record Returning(boolean modified, boolean old) {
        @Override
        public String toString() {
            return "RETURNING " + (modified ? "MODIFIED " : "ALL ") + (old ? "OLD *" : "NEW *");
        }
    }
}
