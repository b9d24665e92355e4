package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.InvalidValue;
import dev.ingestkit.local.table.engine.ItemCondition;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.expression.Condition;
import dev.ingestkit.local.table.expression.Expressions;
import dev.ingestkit.local.table.expression.LegacyParameters;
import dev.ingestkit.local.table.expression.Placeholders;
import dev.ingestkit.local.table.expression.Update;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the request of a single write, in the order in which DynamoDB checks it. Confined to one request. */
final class WriteInput {
    private static final List<String> ACTIONS = List.of("ADD", "DELETE", "PUT");

    private final Fields request;
    private final Placeholders placeholders;
    private @Nullable Condition condition;

    private WriteInput(Fields request) {
        this.request = request;
        this.placeholders = Inputs.placeholders(request);
    }

    static WriteInput put(Fields request) {
        MemberRules.putItem(request);
        NameRules.write(request, "Item");
        ValueRules.write(request, "Item");
        ExpressionRules.PUT_OR_DELETE.check(request);
        WriteInput input = new WriteInput(request);
        input.legacyOperator();
        input.readCondition();
        String values = request.text("ReturnValues");
        if (values != null && !MemberRules.isOldOrNone(values)) {
            throw Refusals.enveloped(WriteRules.ONLY_OLD);
        }
        input.readExpected();
        if (Inputs.item(request, "Item").size() > Item.MAX_SIZE) {
            throw Refusals.bare("Item size has exceeded the maximum allowed size");
        }
        input.requireAllUsed();
        return input;
    }

    static WriteInput delete(Fields request) {
        MemberRules.deleteItem(request);
        NameRules.write(request, "Key");
        ExpressionRules.PUT_OR_DELETE.check(request);
        WriteInput input = new WriteInput(request);
        input.legacyOperator();
        ValueRules.writeKey(request, "Key");
        input.readCondition();
        input.readExpected();
        input.requireAllUsed();
        return input;
    }

    static WriteInput update(Fields request) {
        MemberRules.updateItem(request);
        NameRules.write(request, "Key");
        ExpressionRules.UPDATE.check(request);
        WriteInput input = new WriteInput(request);
        input.legacyOperator();
        ValueRules.writeKey(request, "Key");
        input.legacyUpdates();
        input.readExpected();
        WriteRules.notEmpty(request, "ConditionExpression", true);
        WriteRules.notEmpty(request, "UpdateExpression", true);
        return input;
    }

    /** Reads the update of an UpdateItem, then its condition. */
    Update readUpdate() {
        String expression = request.text("UpdateExpression");
        Update update = Inputs.enveloped(() -> expression != null
                ? Expressions.update(expression, placeholders)
                : request.has("AttributeUpdates") ? LegacyParameters.updates(Inputs.updates(request)) : Update.NONE);
        readCondition();
        requireAllUsed();
        return update;
    }

    private void legacyOperator() {
        String wrong = WriteRules.conditionalOperator(request, "Expected");
        if (wrong != null) {
            throw Refusals.enveloped(wrong);
        }
        refuse(Inputs.invalid(request, "Expected"));
    }

    private static void refuse(@Nullable InvalidValue invalid) {
        if (invalid != null) {
            String text = invalid.message();
            throw ValueRules.isForm(text) ? invalid.refusal() : Refusals.enveloped(ValueRules.current(invalid));
        }
    }

    private void legacyUpdates() {
        refuse(Inputs.invalid(request, "AttributeUpdates"));
        for (Object entry : request.map("AttributeUpdates").values()) {
            String action = ((Fields) entry).text("Action");
            if (action != null && !ACTIONS.contains(action)) {
                throw Refusals.enveloped("Member must satisfy enum value set: [ADD, DELETE, PUT]' for Action");
            }
        }
        for (Map.Entry<String, Object> entry : request.map("AttributeUpdates").entrySet()) {
            legacyUpdate((Fields) entry.getValue());
        }
    }

    /** The refusals of a legacy update's own rules are bare. */
    private static void legacyUpdate(Fields update) {
        String action = update.has("Action") ? String.valueOf(update.text("Action")) : "PUT";
        Value value = (Value) update.get("Value");
        if (value == null) {
            if (!action.equals("DELETE")) {
                throw Refusals.bare(
                        Refusals.INVALID + "Only DELETE action is allowed when no attribute value is specified");
            }
            return;
        }
        boolean set = value.type().isSet();
        if (action.equals("DELETE") && !set) {
            throw Refusals.bare(
                    Refusals.INVALID + "DELETE action with value is not supported for the type " + value.type());
        }
        if (action.equals("ADD")
                && !set
                && !List.of("N", "L").contains(value.type().name())) {
            throw Refusals.bare(Refusals.INVALID + "ADD action is not supported for the type " + value.type());
        }
    }

    private void readCondition() {
        WriteRules.notEmpty(request, "ConditionExpression", true);
        String expression = request.text("ConditionExpression");
        if (expression != null) {
            condition = Inputs.enveloped(() -> Expressions.condition(expression, placeholders));
        }
    }

    private void readExpected() {
        if (condition == null && request.has("Expected")) {
            condition = Inputs.enveloped(() -> LegacyParameters.expected(
                    Inputs.conditions(request, "Expected"), request.text("ConditionalOperator")));
        }
    }

    private void requireAllUsed() {
        Inputs.enveloped(() -> {
            placeholders.requireAllUsed();
            return true;
        });
    }

    /** Returns the write's circumstances; a condition on a part of a key attribute is refused. */
    WriteContext context(String action, TableDefinition table) {
        Condition read = condition;
        if (read != null) {
            read.requireScalarKeys(table.keys().names(), "Key");
        }
        ItemCondition checked = read;
        return new WriteContext(action, checked, "ALL_OLD".equals(request.text("ReturnValuesOnConditionCheckFailure")));
    }
}
