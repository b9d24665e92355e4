package dev.ingestkit.local.table.partiql;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Capacity;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.engine.CancellationReason;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.Got;
import dev.ingestkit.local.table.engine.IdempotencyToken;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * ExecuteTransaction: all statements read, or all write, and either all of them are executed or none. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html">ExecuteTransaction</a>
 */
final class StatementTransaction {
    private static final String ACTION = "ExecuteTransaction";
    private static final String STATEMENTS = "TransactStatements";

    private final ApiContext context;
    private final Selects selects;

    StatementTransaction(ApiContext context) {
        this.context = context;
        this.selects = new Selects(context);
    }

    void execute(Fields request, JsonGenerator json) throws IOException {
        new Violations().collect(request).raise();
        StatementTexts texts = new StatementTexts();
        List<StatementInput> inputs = each(request.structs(STATEMENTS), fields -> read(fields, texts));
        long reads = inputs.stream()
                .filter(input -> input.statement().kind() == Statement.Kind.SELECT)
                .count();
        if (reads > 0 && reads < inputs.size()) {
            throw TableException.validation(
                    "ExecuteTransaction API does not support both read and write operations in the same request.");
        }
        requireTables(inputs);
        if (reads > 0) {
            read(inputs, request, json);
        } else {
            write(inputs, request, json);
        }
    }

    /** Applies a step to each element; an error names the position of its element. */
    private static <T, R> List<R> each(List<T> elements, Function<T, R> step) {
        List<R> results = new ArrayList<>();
        for (T element : elements) {
            try {
                results.add(step.apply(element));
            } catch (TableException e) {
                if (!e.name().equals("ValidationException")) {
                    throw e;
                }
                throw TableException.validation(
                        "Validation failed in " + STATEMENTS + "[" + results.size() + "]: " + e.getMessage());
            }
        }
        return results;
    }

    private static StatementInput read(Fields fields, StatementTexts texts) {
        StatementInput input = StatementInput.read(fields, texts);
        Statement statement = input.statement();
        if (statement instanceof Statement.Select select) {
            Selects.check(select);
            if (select.source().index() != null) {
                throw TableException.validation("Reads on indices are not supported within transactions.");
            }
        }
        if (statement.returning() != null) {
            throw TableException.validation("RETURNING clause is not supported in ExecuteTransaction.");
        }
        return input;
    }

    private void requireTables(List<StatementInput> inputs) {
        List<CancellationReason> reasons = new ArrayList<>();
        boolean missing = false;
        for (StatementInput input : inputs) {
            boolean found = context.tables().find(input.statement().table()) != null;
            missing |= !found;
            reasons.add(
                    found
                            ? CancellationReason.NONE
                            : new CancellationReason("ResourceNotFound", "Requested resource not found", null));
        }
        if (missing) {
            throw CancellationReason.canceled(reasons);
        }
    }

    private void read(List<StatementInput> inputs, Fields request, JsonGenerator json) throws IOException {
        List<Statement.Select> statements = inputs.stream()
                .map(input -> (Statement.Select) input.statement())
                .toList();
        List<GetRequest> reads = each(statements, select -> selects.single(select, ACTION, true));
        List<Got> answers = context.items().transactGet(reads);
        Map<String, Consumed> consumed = new LinkedHashMap<>();
        json.writeArrayFieldStart("Responses");
        for (int i = 0; i < answers.size(); i++) {
            Got answer = answers.get(i);
            consumed.computeIfAbsent(answer.consumed().table(), table -> new Consumed(table, true))
                    .add(answer.consumed());
            json.writeStartObject();
            Item item = answer.item();
            if (item != null) {
                json.writeFieldName("Item");
                ItemJson.write(json, new SelectedPaths(statements.get(i).projection()).apply(item));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        Capacity.write(json, request.text("ReturnConsumedCapacity"), consumed.values(), true);
    }

    private void write(List<StatementInput> inputs, Fields request, JsonGenerator json) throws IOException {
        List<WriteRequest> writes = each(inputs, this::request);
        List<Consumed> consumed;
        try {
            consumed = context.items().transactWrite(writes, token(request));
        } catch (TableException e) {
            throw Cancellation.withDuplicates(e, i -> inputs.get(i).statement().kind() == Statement.Kind.INSERT);
        }
        json.writeArrayFieldStart("Responses");
        json.writeEndArray();
        Capacity.write(json, request.text("ReturnConsumedCapacity"), consumed, true);
    }

    private WriteRequest request(StatementInput input) {
        Statement statement = input.statement();
        return new Writes(ACTION, input.returnOld())
                .request(statement, context.tables().get(statement.table()));
    }

    private static @Nullable IdempotencyToken token(Fields request) {
        String token = request.text("ClientRequestToken");
        return token == null ? null : new IdempotencyToken(token, request.digestText(STATEMENTS));
    }
}
