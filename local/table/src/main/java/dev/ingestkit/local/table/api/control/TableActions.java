package dev.ingestkit.local.table.api.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CreateTable, DescribeTable, ListTables and DeleteTable. A table can be used as soon as CreateTable has answered that
 * it is being created, and is gone as soon as DeleteTable has answered that it is being deleted. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html">CreateTable</a>
 */
public final class TableActions {
    private static final int MAX_NAMES = 100;

    private final ApiContext context;
    private final TableDescriber describer;

    private TableActions(ApiContext context) {
        this.context = context;
        this.describer = new TableDescriber(context.tables(), context.arns());
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        TableActions actions = new TableActions(context);
        return Map.of(
                "CreateTable", actions::create,
                "DescribeTable", actions::describe,
                "ListTables", actions::list,
                "DeleteTable", actions::delete,
                "UpdateTable", new TableUpdates(context, actions.describer));
    }

    private void create(Fields request, JsonGenerator json) throws IOException {
        CreateTableRules.check(request);
        TagRules.unique(request.structs("Tags"));
        TableDefinition table = DefinitionReader.table(
                request, context.clock().instant(), context.ids().get(), context.arns());
        if (context.tables().find(table.name()) != null) {
            throw TableException.of("ResourceInUseException", "Table already exists: " + table.name());
        }
        context.tables().create(table);
        Map<String, String> states = new HashMap<>();
        for (IndexDefinition index : table.indexes()) {
            states.put(index.name(), "CREATING");
        }
        describer.write(json, "TableDescription", table, new TableDescriber.States("CREATING", states, false));
    }

    private void describe(Fields request, JsonGenerator json) throws IOException {
        TableDefinition table = table(request);
        describer.write(json, "Table", table, TableDescriber.States.SETTLED);
    }

    /** Returns the table that a request names. */
    private TableDefinition table(Fields request) {
        String name = ControlRules.tableName(request);
        TableDefinition table = context.tables().find(name);
        if (table == null) {
            throw ControlRules.noTable(name);
        }
        return table;
    }

    private void list(Fields request, JsonGenerator json) throws IOException {
        new Violations().collect(request).raise();
        Long limit = request.number("Limit");
        int most = limit == null ? MAX_NAMES : limit.intValue();
        String start = request.text("ExclusiveStartTableName");
        List<String> names = context.tables().list().stream()
                .map(TableDefinition::name)
                .filter(name -> start == null || name.compareTo(start) > 0)
                .limit(most + 1L)
                .toList();
        int shown = Math.min(most, names.size());
        json.writeArrayFieldStart("TableNames");
        for (String name : names.subList(0, shown)) {
            json.writeString(name);
        }
        json.writeEndArray();
        if (names.size() > most) {
            json.writeStringField("LastEvaluatedTableName", names.get(shown - 1));
        }
    }

    private void delete(Fields request, JsonGenerator json) throws IOException {
        TableDefinition table = table(request);
        if (TableSettings.of(table.settings()).has(TableSettings.PROTECTED)) {
            throw TableException.validation("Resource cannot be deleted as it is currently protected against deletion."
                    + " Disable deletion protection first.");
        }
        TableDefinition deleted = context.tables().delete(table.name());
        describer.write(json, "TableDescription", deleted, new TableDescriber.States("DELETING", Map.of(), false));
    }
}
