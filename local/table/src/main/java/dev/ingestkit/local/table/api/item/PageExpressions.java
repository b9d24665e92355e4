package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.expression.Condition;
import dev.ingestkit.local.table.expression.Expressions;
import dev.ingestkit.local.table.expression.KeyExpression;
import dev.ingestkit.local.table.expression.LegacyParameters;
import dev.ingestkit.local.table.expression.Placeholders;
import dev.ingestkit.local.table.expression.Projection;
import org.jspecify.annotations.Nullable;

/** The expressions of a Query or a Scan, or the legacy parameters in their place, compiled in DynamoDB's order. */
record PageExpressions(
        @Nullable KeyExpression keys,
        @Nullable Condition filter,
        @Nullable Projection projection) {

    static PageExpressions query(Fields request) {
        Placeholders placeholders = Inputs.placeholders(request);
        Condition legacyFilter = legacyFilter(request, "QueryFilter");
        KeyExpression legacyKeys = request.has("KeyConditions") && !request.has("KeyConditionExpression")
                ? LegacyParameters.keyConditions(Inputs.conditions(request, "KeyConditions"))
                : null;
        if (legacyKeys == null && !request.has("KeyConditionExpression")) {
            throw Refusals.bare("Either the KeyConditions or KeyConditionExpression parameter must be specified "
                    + "in the request.");
        }
        WriteRules.notEmpty(request, "KeyConditionExpression", false);
        WriteRules.notEmpty(request, "FilterExpression", false);
        Condition filter = filter(request, placeholders, legacyFilter);
        WriteRules.notEmpty(request, "ProjectionExpression", false);
        SelectRules.projection(request);
        String keyCondition = request.text("KeyConditionExpression");
        KeyExpression keys = keyCondition == null ? legacyKeys : Expressions.keyCondition(keyCondition, placeholders);
        Projection projection = projection(request, placeholders);
        placeholders.requireAllUsed();
        return new PageExpressions(keys, filter, projection);
    }

    static PageExpressions scan(Fields request) {
        Placeholders placeholders = Inputs.placeholders(request);
        Condition legacyFilter = legacyFilter(request, "ScanFilter");
        WriteRules.notEmpty(request, "FilterExpression", false);
        Condition filter = filter(request, placeholders, legacyFilter);
        Projection projection = projection(request, placeholders);
        placeholders.requireAllUsed();
        return new PageExpressions(null, filter, projection);
    }

    private static @Nullable Condition legacyFilter(Fields request, String member) {
        return request.has(member)
                ? LegacyParameters.filter(Inputs.conditions(request, member), request.text("ConditionalOperator"))
                : null;
    }

    private static @Nullable Condition filter(Fields request, Placeholders placeholders, @Nullable Condition legacy) {
        String expression = request.text("FilterExpression");
        return expression == null ? legacy : Expressions.filter(expression, placeholders);
    }

    private static @Nullable Projection projection(Fields request, Placeholders placeholders) {
        WriteRules.notEmpty(request, "ProjectionExpression", false);
        String expression = request.text("ProjectionExpression");
        if (expression != null) {
            return Expressions.projection(expression, placeholders);
        }
        return request.has("AttributesToGet")
                ? LegacyParameters.attributesToGet(request.texts("AttributesToGet"))
                : null;
    }

    KeyExpression requireKeys() {
        if (keys == null) {
            throw new IllegalStateException("a query was read without its keys");
        }
        return keys;
    }
}
