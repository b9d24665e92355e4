package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.InvalidValue;
import dev.ingestkit.local.table.error.TableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the combination of expression parameters: not beside the legacy ones, placeholders only with an expression,
 * and each placeholder well-formed.
 */
final class ExpressionRules {
    static final ExpressionRules GET =
            new ExpressionRules(false, List.of("ProjectionExpression"), List.of("AttributesToGet"), List.of());
    static final ExpressionRules PUT_OR_DELETE = new ExpressionRules(
            true, List.of("ConditionExpression"), List.of("Expected", "ConditionalOperator"), List.of());
    static final ExpressionRules UPDATE = new ExpressionRules(
            true,
            List.of("UpdateExpression", "ConditionExpression"),
            List.of("AttributeUpdates", "Expected", "ConditionalOperator"),
            List.of());
    static final ExpressionRules QUERY = new ExpressionRules(
            false,
            List.of("ProjectionExpression", "FilterExpression", "KeyConditionExpression"),
            List.of("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"),
            List.of("FilterExpression", "KeyConditionExpression"));
    static final ExpressionRules SCAN = new ExpressionRules(
            false,
            List.of("ProjectionExpression", "FilterExpression"),
            List.of("AttributesToGet", "ScanFilter", "ConditionalOperator"),
            List.of("FilterExpression"));
    static final ExpressionRules TRANSACT_GET =
            new ExpressionRules(false, List.of("ProjectionExpression"), List.of(), List.of());
    static final ExpressionRules TRANSACT_WRITE =
            new ExpressionRules(false, List.of("ConditionExpression"), List.of(), List.of());
    static final ExpressionRules TRANSACT_UPDATE =
            new ExpressionRules(false, List.of("UpdateExpression", "ConditionExpression"), List.of(), List.of());

    private static final Set<ExpressionRules> OLDER = Set.of(TRANSACT_GET, TRANSACT_WRITE, TRANSACT_UPDATE);

    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";
    private static final String NO_EXPRESSION = " can only be specified when using expressions";

    private final boolean enveloped;
    private final List<String> expressions;
    private final List<String> others;
    private final List<String> withValues;

    private ExpressionRules(boolean enveloped, List<String> expressions, List<String> others, List<String> withValues) {
        this.enveloped = enveloped;
        this.expressions = expressions;
        this.others = others;
        this.withValues = withValues;
    }

    void check(Fields request) {
        List<String> used = expressions.stream().filter(request::has).toList();
        List<String> legacy =
                others.stream().filter(name -> conflicts(name, request)).toList();
        if (!used.isEmpty() && !legacy.isEmpty()) {
            throw refusal(mixed(legacy, used));
        }
        boolean values = request.shape().position(VALUES) >= 0 && request.has(VALUES);
        if (used.isEmpty() && request.has(NAMES)) {
            throw refusal(NAMES + NO_EXPRESSION);
        }
        if (used.isEmpty() && values) {
            String missing = withValues.stream().map(name -> name + " is null").collect(Collectors.joining(" and "));
            throw refusal(VALUES + NO_EXPRESSION + (missing.isEmpty() ? "" : ": " + missing));
        }
        names(request);
        if (values) {
            values(request.map(VALUES));
        }
    }

    /** KeyConditions conflicts with its own successor only: FilterExpression was introduced earlier and used beside it. */
    private static boolean conflicts(String legacy, Fields request) {
        boolean older = legacy.equals("KeyConditions") && !request.has("KeyConditionExpression");
        return request.has(legacy) && !older;
    }

    static String mixed(List<String> legacy, List<String> used) {
        return "Can not use both expression and non-expression parameters in the same request: "
                + "Non-expression parameters: {" + String.join(", ", legacy) + "} Expression parameters: {"
                + String.join(", ", used) + "}";
    }

    private void names(Fields request) {
        if (!request.has(NAMES)) {
            return;
        }
        Map<String, Object> names = request.map(NAMES);
        if (names.isEmpty()) {
            throw refusal(NAMES + " must not be empty");
        }
        for (Map.Entry<String, Object> entry : names.entrySet()) {
            placeholder(NAMES, entry.getKey(), '#');
            String problem = entry.getValue() instanceof String name ? NameRules.problem(name) : null;
            if (problem != null) {
                throw refusal(
                        problem.equals(NameRules.EMPTY)
                                ? NAMES + " contains invalid value: " + problem + " for key " + entry.getKey()
                                : problem);
            }
        }
    }

    private void values(Map<String, Object> values) {
        if (values.isEmpty()) {
            throw refusal(VALUES + " must not be empty");
        }
        values.keySet().forEach(key -> placeholder(VALUES, key, ':'));
        values.forEach((key, value) -> {
            if (value instanceof InvalidValue invalid) {
                throw value(key, invalid);
            }
        });
    }

    private void placeholder(String map, String key, char first) {
        String text = map + " contains invalid key: Syntax error; key: \"" + key + "\"";
        if (key.isEmpty() || key.charAt(0) != first) {
            throw Refusals.bare(text);
        }
        if (key.length() == 1 || !key.chars().skip(1).allMatch(ExpressionRules::isWord)) {
            throw refusal(text);
        }
    }

    private static boolean isWord(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_');
    }

    private TableException value(String key, InvalidValue invalid) {
        String text = invalid.message();
        String named = VALUES + " contains invalid value: " + text + " for key " + key;
        if (ValueRules.isForm(text) || OLDER.contains(this)) {
            return Refusals.bare(named);
        }
        return refusal(ValueRules.isEmptySet(text) ? named : ValueRules.current(invalid));
    }

    private TableException refusal(String text) {
        return enveloped ? Refusals.enveloped(text) : Refusals.bare(text);
    }
}
