package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.InvalidValue;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.LegacyCondition;
import dev.ingestkit.local.table.expression.LegacyUpdate;
import dev.ingestkit.local.table.expression.Placeholders;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Converts checked members of a request to the types that the engine and its expressions work on. Stateless. */
final class Inputs {
    private static final Set<String> OPERATORS = Set.of(
            "IN",
            "NULL",
            "BETWEEN",
            "LT",
            "NOT_CONTAINS",
            "EQ",
            "GT",
            "NOT_NULL",
            "NE",
            "LE",
            "BEGINS_WITH",
            "GE",
            "CONTAINS");

    private Inputs() {}

    static String table(Fields request) {
        return TableNames.plain(Objects.requireNonNull(request.text("TableName")));
    }

    static Item item(Fields request, String member) {
        return (Item) Objects.requireNonNull(request.get(member));
    }

    static @Nullable Item optionalItem(Fields request, String member) {
        return (Item) request.get(member);
    }

    static Placeholders placeholders(Fields request) {
        Map<String, String> names = new HashMap<>();
        request.map("ExpressionAttributeNames").forEach((key, name) -> names.put(key, (String) name));
        Map<String, Value> values = new HashMap<>();
        if (request.shape().position("ExpressionAttributeValues") >= 0) {
            request.map("ExpressionAttributeValues").forEach((key, value) -> values.put(key, (Value) value));
        }
        return names.isEmpty() && values.isEmpty() ? Placeholders.none() : new Placeholders(names, values);
    }

    /** Returns the legacy conditions of a member whose values are all valid. */
    static Map<String, LegacyCondition> conditions(Fields request, String member) {
        Map<String, LegacyCondition> conditions = new LinkedHashMap<>();
        request.map(member).forEach((name, value) -> conditions.put(name, condition((Fields) value)));
        return conditions;
    }

    private static LegacyCondition condition(Fields fields) {
        String operator = fields.text("ComparisonOperator");
        List<Value> values = fields.has("AttributeValueList")
                ? fields.list("AttributeValueList").stream()
                        .map(Value.class::cast)
                        .toList()
                : null;
        if (operator != null && !OPERATORS.contains(operator)) {
            throw Refusals.bare(Refusals.INVALID + "Invalid comparison operator");
        }
        return fields.shape().position("Exists") < 0
                ? LegacyCondition.of(operator, values)
                : new LegacyCondition((Value) fields.get("Value"), (Boolean) fields.get("Exists"), operator, values);
    }

    static Map<String, LegacyUpdate> updates(Fields request) {
        Map<String, LegacyUpdate> updates = new LinkedHashMap<>();
        request.map("AttributeUpdates").forEach((name, value) -> {
            Fields fields = (Fields) value;
            updates.put(name, new LegacyUpdate(fields.text("Action"), (Value) fields.get("Value")));
        });
        return updates;
    }

    /** Returns the first value of legacy conditions or updates that DynamoDB does not take, or null. */
    static @Nullable InvalidValue invalid(Fields request, String member) {
        for (Object entry : request.map(member).values()) {
            Fields fields = (Fields) entry;
            for (String name : new String[] {"Value", "AttributeValueList"}) {
                if (fields.shape().position(name) >= 0) {
                    InvalidValue found = invalid(fields.get(name));
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable InvalidValue invalid(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(InvalidValue.class::isInstance)
                    .map(InvalidValue.class::cast)
                    .findFirst()
                    .orElse(null);
        }
        return value instanceof InvalidValue found ? found : null;
    }

    /** Returns the result of a step, with refusals in the form of a constraint violation. */
    static <T> T enveloped(Supplier<T> making) {
        try {
            return making.get();
        } catch (TableException e) {
            throw e.name().equals("ValidationException") ? Refusals.enveloped(String.valueOf(e.getMessage())) : e;
        }
    }
}
