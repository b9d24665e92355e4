package dev.ingestkit.local.table.partiql;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Capacity;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.Page;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.engine.Written;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ExecuteStatement; {@link #of} also returns the batch and the transaction of statements. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html">ExecuteStatement</a>
 */
public final class Partiql {
    private final ApiContext context;
    private final Selects selects;

    private Partiql(ApiContext context) {
        this.context = context;
        this.selects = new Selects(context);
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        return Map.of(
                "ExecuteStatement", new Partiql(context)::execute,
                "BatchExecuteStatement", new StatementBatch(context)::execute,
                "ExecuteTransaction", new StatementTransaction(context)::execute);
    }

    private void execute(Fields request, JsonGenerator json) throws IOException {
        new Violations().collect(request).raise();
        StatementInput input = StatementInput.read(request, new StatementTexts());
        Statement statement = input.statement();
        switch (statement.kind()) {
            case SELECT -> select(request, (Statement.Select) statement, json);
            case INSERT, MODIFY, DELETE -> write(request, input, json);
            case EXISTS -> throw misplacedExists();
        }
    }

    /** Returns the error of an EXISTS outside a transaction. */
    static TableException misplacedExists() {
        return TableException.validation("EXISTS can only be used in ExecuteTransaction write requests.");
    }

    private void select(Fields request, Statement.Select select, JsonGenerator json) throws IOException {
        String text = String.valueOf(request.text("Statement"));
        Long limit = request.number("Limit");
        Item start = NextToken.key(request.text("NextToken"), text);
        Page page = new Page(limit == null ? null : limit.intValue(), start);
        SelectedPaths paths = new SelectedPaths(select.projection());
        ItemPage found = selects.page(select, page, request.flag("ConsistentRead"));
        json.writeArrayFieldStart("Items");
        for (Item item : found.items()) {
            ItemJson.write(json, paths.apply(item));
        }
        json.writeEndArray();
        Item last = found.lastKey();
        if (last != null) {
            json.writeStringField("NextToken", NextToken.of(last, text));
            json.writeFieldName("LastEvaluatedKey");
            ItemJson.write(json, last);
        }
        Capacity.write(json, request.text("ReturnConsumedCapacity"), found.consumed());
    }

    private void write(Fields request, StatementInput input, JsonGenerator json) throws IOException {
        Execution done = write(context, input, "ExecuteStatement");
        json.writeArrayFieldStart("Items");
        if (done.item() != null) {
            ItemJson.write(json, done.item());
        }
        json.writeEndArray();
        Capacity.write(json, request.text("ReturnConsumedCapacity"), done.consumed());
    }

    /** The results and the consumption of a statement. */
    record Execution(@Nullable Item item, Consumed consumed) {}

    /** Executes a statement that writes. */
    static Execution write(ApiContext context, StatementInput input, String action) {
        Statement statement = input.statement();
        WriteRequest write = new Writes(action, input.returnOld())
                .request(statement, context.tables().get(statement.table()));
        try {
            Written written = context.items().write(write);
            return new Execution(Writes.returned(statement, write, written), written.consumed());
        } catch (TableException e) {
            throw statement.kind() == Statement.Kind.INSERT ? Writes.insertError(e) : e;
        }
    }
}
