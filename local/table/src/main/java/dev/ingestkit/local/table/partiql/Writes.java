package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.engine.ItemUpdate;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.engine.Written;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Condition;
import dev.ingestkit.local.table.expression.Expressions;
import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.expression.Update;
import dev.ingestkit.local.table.item.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts statements that write, or check an item in a transaction, to the engine's requests. */
final class Writes {
    static final String DUPLICATE = "Duplicate primary key exists in table";

    private final String action;
    private final boolean returnOld;

    /** Creates a translator for an API action; {@code returnOld} is whether a failed condition returns the item. */
    Writes(String action, boolean returnOld) {
        this.action = action;
        this.returnOld = returnOld;
    }

    WriteRequest request(Statement statement, TableDefinition table) {
        return switch (statement.kind()) {
            case INSERT -> put((Statement.Insert) statement, table);
            case MODIFY -> update((Statement.Modify) statement, table);
            case DELETE -> delete((Statement.Delete) statement, table);
            case EXISTS -> check((Statement.Exists) statement, table);
            case SELECT -> throw new IllegalStateException("not a write: " + statement);
        };
    }

    private WriteRequest put(Statement.Insert insert, TableDefinition table) {
        Node absent = new Node.Not(Conjuncts.exists(table.keys().partition().name()));
        return new WriteRequest.Put(table.name(), insert.item(), context(List.of(absent)));
    }

    private WriteRequest delete(Statement.Delete delete, TableDefinition table) {
        SingleItem item = SingleItem.ofWrite(delete.where(), table.keys());
        return new WriteRequest.Delete(table.name(), item.key(), context(item.rest()));
    }

    /** Updates only an item that is there. */
    private WriteRequest update(Statement.Modify modify, TableDefinition table) {
        Update update = Expressions.statementUpdate(modify.assignments());
        SingleItem item = SingleItem.ofWrite(modify.where(), table.keys());
        update.requireNoKey(table.keys().names());
        List<Node> conditions = new ArrayList<>();
        conditions.add(Conjuncts.exists(table.keys().partition().name()));
        conditions.addAll(item.rest());
        return new WriteRequest.Update(table.name(), item.key(), update, context(conditions));
    }

    private WriteRequest check(Statement.Exists exists, TableDefinition table) {
        SingleItem item = SingleItem.ofRead(exists.select().where(), table.keys());
        if (item == null || item.rest().isEmpty()) {
            throw TableException.validation("EXISTS() must contain a single item read with additional condition");
        }
        return new WriteRequest.Check(table.name(), item.key(), context(item.rest()));
    }

    private WriteContext context(List<Node> conditions) {
        Condition condition = Conjuncts.compile(conditions);
        return new WriteContext(action, condition, returnOld);
    }

    /** Returns the error of an INSERT whose key is taken, instead of that of its condition. */
    static TableException insertError(TableException error) {
        return error.name().equals("ConditionalCheckFailedException")
                ? TableException.of("DuplicateItemException", DUPLICATE, error.members())
                : error;
    }

    /** Returns the values that a RETURNING clause asks for, or null if that is nothing. */
    static @Nullable Item returned(Statement statement, WriteRequest request, Written written) {
        Statement.Returning returning = statement.returning();
        if (returning == null) {
            return null;
        }
        Item item = returning.old() ? written.oldItem() : written.newItem();
        if (item == null || !returning.modified()) {
            return item;
        }
        ItemUpdate update = ((WriteRequest.Update) request).update();
        Item touched = update.touched(item);
        return touched.count() == 0 ? null : touched;
    }
}
