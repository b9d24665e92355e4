package dev.ingestkit.local.table.partiql;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Capacity;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.Got;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import dev.ingestkit.local.table.partiql.Partiql.Execution;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * BatchExecuteStatement: each statement on its own; an error of one is reported at its position. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html">BatchExecuteStatement</a>
 */
final class StatementBatch {
    private static final String ACTION = "BatchExecuteStatement";

    private final ApiContext context;
    private final Selects selects;

    StatementBatch(ApiContext context) {
        this.context = context;
        this.selects = new Selects(context);
    }

    void execute(Fields request, JsonGenerator json) throws IOException {
        new Violations().collect(request).raise();
        Map<String, Consumed> consumed = new LinkedHashMap<>();
        StatementTexts texts = new StatementTexts();
        json.writeArrayFieldStart("Responses");
        for (Fields statement : request.structs("Statements")) {
            json.writeStartObject();
            execute(statement, texts, json, consumed);
            json.writeEndObject();
        }
        json.writeEndArray();
        Capacity.write(json, request.text("ReturnConsumedCapacity"), consumed.values(), false);
    }

    private void execute(Fields fields, StatementTexts texts, JsonGenerator json, Map<String, Consumed> consumed)
            throws IOException {
        try {
            StatementInput input = StatementInput.read(fields, texts);
            Execution done = execute(input, fields.flag("ConsistentRead"));
            String table = input.statement().table();
            consumed.computeIfAbsent(
                            table, name -> new Consumed(name, done.consumed().reads()))
                    .add(done.consumed());
            json.writeStringField("TableName", table);
            if (done.item() != null) {
                json.writeFieldName("Item");
                ItemJson.write(json, done.item());
            }
        } catch (TableException e) {
            json.writeObjectFieldStart("Error");
            json.writeStringField("Code", code(e));
            json.writeStringField("Message", e.getMessage());
            if (e.members() != null) {
                e.members().write(json);
            }
            json.writeEndObject();
        }
    }

    private Execution execute(StatementInput input, boolean consistent) {
        Statement statement = input.statement();
        return switch (statement.kind()) {
            case SELECT -> select((Statement.Select) statement, consistent);
            case INSERT, MODIFY, DELETE -> Partiql.write(context, input, ACTION);
            case EXISTS -> throw Partiql.misplacedExists();
        };
    }

    private Execution select(Statement.Select select, boolean consistent) {
        Selects.check(select);
        SelectedPaths paths = new SelectedPaths(select.projection());
        Got got = context.items().get(selects.single(select, ACTION, consistent));
        Item item = got.item();
        return new Execution(item == null ? null : paths.apply(item), got.consumed());
    }

    /** Returns the code of an error: its name without the ending, where it is not a code of its own. */
    private static String code(TableException error) {
        String name = error.name();
        return name.equals("ValidationException")
                ? "ValidationError"
                : name.endsWith("Exception") ? name.substring(0, name.length() - "Exception".length()) : name;
    }
}
