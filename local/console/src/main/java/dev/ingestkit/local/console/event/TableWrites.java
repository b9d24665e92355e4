package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.journal.CallDetail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The writes of one event in a call of DynamoDB, each with its condition and outcome. A write belongs to the event
 * whose id one of its values is.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html">Condition
 *     expressions</a>
 */
final class TableWrites {

    /** The outcome of a write that was executed. */
    static final String WRITTEN = "written";

    private static final Pattern TABLE = Pattern.compile("(?i)\\b(?:INTO|UPDATE|FROM)\\s+\"?([A-Za-z0-9_.-]+)\"?");
    private static final String CONDITION = "ConditionExpression";

    private final CallDetail.TableCall call;
    private final String id;
    private final JsonNode input;
    private final JsonNode output;
    private final List<ObjectNode> found = new ArrayList<>();

    private TableWrites(CallDetail.TableCall call, String id) {
        this.call = call;
        this.id = id;
        this.input = parsed(call.input());
        this.output = parsed(call.output());
    }

    /** Returns the writes with {@code action}, {@code table}, {@code condition} and {@code outcome}. */
    static List<ObjectNode> of(CallDetail.TableCall call, String id) {
        TableWrites writes = new TableWrites(call, id);
        switch (call.action()) {
            case "BatchExecuteStatement" -> writes.statements();
            case "TransactWriteItems" -> writes.transaction();
            case "BatchWriteItem" -> writes.batch();
            default -> writes.single();
        }
        return writes.found;
    }

    private void single() {
        add(input, call.action(), text(input, "TableName"), text(input, CONDITION), wholeOutcome());
    }

    private void statements() {
        int index = 0;
        for (JsonNode statement : input.path("Statements")) {
            String text = text(statement, "Statement");
            String verb = text.strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
            Matcher table = TABLE.matcher(text);
            JsonNode error = output.path("Responses").path(index++).path("Error");
            add(
                    statement,
                    verb,
                    table.find() ? table.group(1) : "",
                    verb.equals("INSERT") ? "the key is free" : "",
                    error.isMissingNode() ? wholeOutcome() : text(error, "Code"));
        }
    }

    private void transaction() {
        int index = 0;
        for (JsonNode item : input.path("TransactItems")) {
            JsonNode reason = output.path("CancellationReasons").path(index++);
            String code = text(reason, "Code");
            for (var action : item.properties()) {
                add(
                        action.getValue(),
                        action.getKey(),
                        text(action.getValue(), "TableName"),
                        text(action.getValue(), CONDITION),
                        code.isEmpty() || code.equals("None") ? wholeOutcome() : code);
            }
        }
    }

    private void batch() {
        for (var table : input.path("RequestItems").properties()) {
            for (JsonNode request : table.getValue()) {
                boolean left = false;
                for (JsonNode unprocessed : output.path("UnprocessedItems").path(table.getKey())) {
                    left |= unprocessed.equals(request);
                }
                request.properties()
                        .forEach(action ->
                                add(action.getValue(), action.getKey().replace("Request", ""), table.getKey(), "", ""));
                if (!found.isEmpty()) {
                    ObjectNode last = found.get(found.size() - 1);
                    if (last.path("outcome").asText().isEmpty()) {
                        last.put("outcome", left ? "Unprocessed" : wholeOutcome());
                    }
                }
            }
        }
    }

    private void add(JsonNode write, String action, String table, String condition, String outcome) {
        if (holds(write)) {
            found.add(Json.mapper()
                    .createObjectNode()
                    .put("action", action)
                    .put("table", table)
                    .put("condition", condition)
                    .put("outcome", outcome));
        }
    }

    private String wholeOutcome() {
        String type = text(output, "__type");
        return call.status() == 200 ? WRITTEN : type.substring(type.lastIndexOf('#') + 1);
    }

    private boolean holds(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().equals(id) || node.textValue().contains("'" + id + "'");
        }
        for (JsonNode child : node) {
            if (holds(child)) {
                return true;
            }
        }
        return false;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("");
    }

    private static JsonNode parsed(byte[] json) {
        try {
            JsonNode node = Json.mapper().readTree(json);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException malformed) {
            // A function may send anything; DynamoDB's answer says what was wrong with it.
            return MissingNode.getInstance();
        }
    }
}
