package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.engine.TableCatalog;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.expression.Condition;
import dev.ingestkit.local.table.expression.Expressions;
import dev.ingestkit.local.table.expression.Placeholders;
import dev.ingestkit.local.table.expression.Update;
import dev.ingestkit.local.table.item.Item;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One action of a write transaction, read and checked as far as its request alone allows. */
final class TransactInput {
    private static final List<String> KINDS = List.of("Put", "Update", "Delete", "ConditionCheck");

    private final String kind;
    private final Fields action;
    private final @Nullable Condition condition;
    private final @Nullable Update update;

    private TransactInput(String kind, Fields action, @Nullable Condition condition, @Nullable Update update) {
        this.kind = kind;
        this.action = action;
        this.condition = condition;
        this.update = update;
    }

    /** Refuses attributes without a name, which come before everything else of all actions. */
    static void emptyNames(Fields item) {
        Fields action = action(item);
        NameRules.check(action.get(kind(item).equals("Put") ? "Item" : "Key"));
    }

    static TransactInput read(Fields item) {
        String kind = kind(item);
        Fields action = action(item);
        ValueRules.older(action.get(kind.equals("Put") ? "Item" : "Key"));
        boolean updates = kind.equals("Update");
        (updates ? ExpressionRules.TRANSACT_UPDATE : ExpressionRules.TRANSACT_WRITE).check(action);
        Placeholders placeholders = Inputs.placeholders(action);
        WriteRules.notEmpty(action, "ConditionExpression", false);
        Update update = null;
        if (updates) {
            WriteRules.notEmpty(action, "UpdateExpression", false);
            update = Expressions.update(Objects.requireNonNull(action.text("UpdateExpression")), placeholders);
        }
        String expression = action.text("ConditionExpression");
        Condition condition = expression == null ? null : Expressions.condition(expression, placeholders);
        placeholders.requireAllUsed();
        if (kind.equals("Put") && Inputs.item(action, "Item").size() > Item.MAX_SIZE) {
            throw Refusals.bare("Item size has exceeded the maximum allowed size");
        }
        return new TransactInput(kind, action, condition, update);
    }

    private static String kind(Fields item) {
        return KINDS.stream().filter(item::has).findFirst().orElseThrow();
    }

    private static Fields action(Fields item) {
        return Objects.requireNonNull(item.struct(kind(item)));
    }

    /** Returns the engine's request; the table must exist. */
    WriteRequest request(TableCatalog tables) {
        TableDefinition table = tables.get(Inputs.table(action));
        WriteRequest write = request(table);
        KeyRules.notEmpty(table, write);
        return write;
    }

    private WriteRequest request(TableDefinition table) {
        WriteContext context = new WriteContext(
                "TransactWriteItems", condition, "ALL_OLD".equals(action.text("ReturnValuesOnConditionCheckFailure")));
        return switch (kind) {
            case "Put" -> new WriteRequest.Put(table.name(), Inputs.item(action, "Item"), context);
            case "Delete" -> new WriteRequest.Delete(table.name(), Inputs.item(action, "Key"), context);
            case "Update" ->
                new WriteRequest.Update(
                        table.name(),
                        Inputs.item(action, "Key"),
                        KeyRules.checked(table, Objects.requireNonNull(update)),
                        context);
            default -> new WriteRequest.Check(table.name(), Inputs.item(action, "Key"), context);
        };
    }
}
