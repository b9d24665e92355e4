package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the parameters that expressions have replaced. Every method throws a {@link TableException} with DynamoDB's
 * text for what DynamoDB refuses regardless of the table. The names of enumerated values must be valid already.
 *
 * @see <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html">Legacy
 *     conditional parameters</a>
 */
public final class LegacyParameters {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final int MAX_KEY_CONDITIONS = 2;

    private LegacyParameters() {}

    /**
     * Compiles {@code Expected}.
     *
     * @param operator the {@code ConditionalOperator}, {@code AND} or {@code OR}; null stands for AND
     */
    public static Condition expected(Map<String, LegacyCondition> expected, @Nullable String operator) {
        Map<String, Predicate> predicates = new LinkedHashMap<>();
        expected.forEach((attribute, condition) -> predicates.put(attribute, expected(attribute, condition)));
        return joined(predicates, operator);
    }

    private static Predicate expected(String attribute, LegacyCondition condition) {
        Value value = condition.value();
        List<Value> values = condition.values();
        String name = condition.operator();
        if (name != null && condition.exists() != null) {
            throw invalid("Exists and ComparisonOperator cannot be used together for Attribute: " + attribute);
        }
        if (value != null && values != null) {
            throw invalid("Value and AttributeValueList cannot be used together for Attribute: " + attribute);
        }
        if (name == null) {
            if (values != null) {
                throw invalid(
                        "AttributeValueList can only be used with a ComparisonOperator for Attribute: " + attribute);
            }
            return existence(attribute, condition);
        }
        LegacyOperator operator = LegacyOperator.valueOf(name);
        if (value == null && values == null && !operator.takes(0)) {
            throw invalid("Value or AttributeValueList must be used with ComparisonOperator: " + name
                    + " for Attribute: " + attribute);
        }
        List<Value> given = value != null ? List.of(value) : values == null ? List.of() : values;
        return compared(attribute, operator, given);
    }

    private static Predicate existence(String attribute, LegacyCondition condition) {
        Value value = condition.value();
        boolean exists = !Boolean.FALSE.equals(condition.exists());
        if (exists && value == null) {
            throw invalid(
                    "Value must be provided when Exists is " + condition.exists() + " for Attribute: " + attribute);
        }
        if (!exists && value != null) {
            throw invalid("Value cannot be used when Exists is false for Attribute: " + attribute);
        }
        return value == null
                ? LegacyOperator.NULL.predicate(attribute, List.of())
                : LegacyOperator.EQ.predicate(attribute, List.of(value));
    }

    /**
     * Compiles {@code QueryFilter} or {@code ScanFilter}.
     *
     * @param operator the {@code ConditionalOperator}, {@code AND} or {@code OR}; null stands for AND
     */
    public static Condition filter(Map<String, LegacyCondition> conditions, @Nullable String operator) {
        Map<String, Predicate> predicates = new LinkedHashMap<>();
        conditions.forEach((attribute, condition) ->
                predicates.put(attribute, compared(attribute, operator(condition), values(condition))));
        return joined(predicates, operator);
    }

    /**
     * Checks the {@code ConditionalOperator} with the number of conditions of the parameter that it belongs to.
     *
     * @param conditions the number of conditions, or null if the request has no such parameter
     */
    public static void checkConditionalOperator(@Nullable Integer conditions) {
        if (conditions == null || conditions == 0) {
            throw TableException.validation("ConditionalOperator cannot be used without Filter or Expected");
        }
        if (conditions == 1) {
            throw TableException.validation(
                    "ConditionalOperator can only be used when Filter or Expected has two or more elements");
        }
    }

    /** Checks that a QueryFilter has no condition on the key that is queried. */
    public static void requireNoKey(Map<String, LegacyCondition> queryFilter, List<String> keys) {
        for (String key : keys) {
            if (queryFilter.containsKey(key)) {
                throw TableException.validation(
                        "QueryFilter can only contain non-primary key attributes: " + "Primary key attribute: " + key);
            }
        }
    }

    /** Compiles {@code KeyConditions}. */
    public static KeyExpression keyConditions(Map<String, LegacyCondition> conditions) {
        conditions.forEach((attribute, condition) -> compared(attribute, operator(condition), values(condition)));
        if (conditions.isEmpty() || conditions.size() > MAX_KEY_CONDITIONS) {
            throw TableException.validation("Conditions can be of length 1 or 2 only");
        }
        List<KeyTerm> terms = new ArrayList<>();
        conditions.forEach((attribute, condition) -> terms.add(term(attribute, condition)));
        return new KeyExpression(terms);
    }

    private static KeyTerm term(String attribute, LegacyCondition condition) {
        List<Value> values = values(condition);
        return switch (operator(condition)) {
            case EQ, LE, LT, GE, GT, BEGINS_WITH ->
                new KeyTerm(attribute, Operator.valueOf(operator(condition).name()), values.get(0), null);
            case BETWEEN -> new KeyTerm(attribute, Operator.BETWEEN, values.get(0), values.get(1));
            default -> new KeyTerm(attribute, null, null, null);
        };
    }

    private static LegacyOperator operator(LegacyCondition condition) {
        String name = condition.operator();
        if (name == null) {
            throw new IllegalArgumentException("a condition without ComparisonOperator");
        }
        return LegacyOperator.valueOf(name);
    }

    private static List<Value> values(LegacyCondition condition) {
        return condition.values() == null ? List.of() : condition.values();
    }

    private static Predicate compared(String attribute, LegacyOperator operator, List<Value> values) {
        if (!operator.takes(values.size())) {
            throw invalid("Invalid number of argument(s) for the " + operator + " ComparisonOperator");
        }
        for (Value value : values) {
            if (value.type() != values.get(0).type()) {
                throw invalid("AttributeValues inside AttributeValueList must be of same type");
            }
        }
        for (Value value : values) {
            if (!operator.takes(value.type())) {
                throw invalid("ComparisonOperator " + operator + " is not valid for " + value.type()
                        + " AttributeValue type");
            }
        }
        if (operator == LegacyOperator.BETWEEN && values.get(0).compareTo(values.get(1)) > 0) {
            throw TableException.validation("The BETWEEN condition was provided a range where the lower bound is "
                    + "greater than the upper bound");
        }
        return operator.predicate(attribute, values);
    }

    private static Condition joined(Map<String, Predicate> predicates, @Nullable String operator) {
        List<Predicate> all = List.copyOf(predicates.values());
        List<DocumentPath> paths =
                predicates.keySet().stream().map(DocumentPath::of).toList();
        return new Condition("OR".equals(operator) ? new Predicate.Any(all) : new Predicate.All(all), paths);
    }

    /** Compiles {@code AttributeUpdates}. */
    public static Update updates(Map<String, LegacyUpdate> updates) {
        List<Change> changes = new ArrayList<>();
        updates.forEach((attribute, update) -> changes.add(change(DocumentPath.of(attribute), update)));
        return new Update(changes);
    }

    private static Change change(DocumentPath path, LegacyUpdate update) {
        String action = update.action() == null ? "PUT" : update.action();
        Value value = update.value();
        if (value == null) {
            if (!action.equals("DELETE")) {
                throw invalid("Only DELETE action is allowed when no attribute value is specified");
            }
            return new Change.Remove(path);
        }
        ValueType type = value.type();
        switch (action) {
            case "DELETE" -> {
                if (!type.isSet()) {
                    throw invalid("DELETE action with value is not supported for the type " + type);
                }
                return new Change.Delete(path, value);
            }
            case "ADD" -> {
                if (!type.isSet() && type != ValueType.N && type != ValueType.L) {
                    throw invalid("ADD action is not supported for the type " + type);
                }
                return new Change.Add(path, value);
            }
            default -> {
                return new Change.Set(path, new Operand.Constant(value));
            }
        }
    }

    /**
     * Compiles {@code AttributesToGet}.
     *
     * @throws TableException a ValidationException if a name comes twice
     */
    public static Projection attributesToGet(List<String> names) {
        List<DocumentPath> paths = new ArrayList<>();
        for (String name : names) {
            DocumentPath path = DocumentPath.of(name);
            if (paths.contains(path)) {
                throw invalid("Duplicate value in attribute name: " + name);
            }
            paths.add(path);
        }
        return new Projection(paths);
    }

    private static TableException invalid(String text) {
        return TableException.validation(INVALID + text);
    }
}
