package dev.ingestkit.local.table.expression;

import static dev.ingestkit.local.table.expression.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyParametersTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final Item ITEM = item("{'s':{'S':'hello'},'n':{'N':'5'},'ss':{'SS':['x','y']},'l':{'L':[]}}");
    private static final KeySchema KEYS =
            new KeySchema(new KeyAttribute("pk", ValueType.S), new KeyAttribute("sk", ValueType.N));

    private static List<Value> list(String values) {
        return values.isEmpty()
                ? List.of()
                : Arrays.stream(values.split(" ")).map(Samples::value).toList();
    }

    private static Value text(String text) {
        return Samples.value("{'S':'" + text + "'}");
    }

    private static Condition filter(String attribute, String operator, String values) {
        return LegacyParameters.filter(Map.of(attribute, LegacyCondition.of(operator, list(values))), null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s | EQ | {'S':'hello'} | true",
                "s | NE | {'S':'hello'} | false",
                "absent | NE | {'S':'hello'} | true",
                "n | LT | {'N':'6'} | true",
                "n | GE | {'N':'6'} | false",
                "n | LE | {'S':'5'} | false",
                "n | GT | {'N':'-1'} | true",
                "n | BETWEEN | {'N':'5'} {'N':'6'} | true",
                "n | IN | {'N':'4'} {'N':'5.0'} | true",
                "s | BEGINS_WITH | {'S':'he'} | true",
                "s | CONTAINS | {'S':'ell'} | true",
                "ss | CONTAINS | {'S':'x'} | true",
                "ss | NOT_CONTAINS | {'S':'z'} | true",
                "absent | NOT_CONTAINS | {'S':'z'} | false",
                "s | NOT_NULL | '' | true",
                "s | NULL | '' | false",
                "absent | NULL | '' | true",
                "l | EQ | {'L':[]} | true"
            })
    void filtersCompare(String attribute, String operator, String values, boolean holds) {
        assertThat(filter(attribute, operator, values).test(ITEM)).isEqualTo(holds);
    }

    @Test
    void conditionsAreJoinedByTheConditionalOperator() {
        Map<String, LegacyCondition> conditions = new LinkedHashMap<>();
        conditions.put("s", LegacyCondition.of("NULL", null));
        conditions.put("n", LegacyCondition.of("NOT_NULL", List.of()));

        assertThat(LegacyParameters.filter(conditions, null).test(ITEM)).isFalse();
        assertThat(LegacyParameters.filter(conditions, "AND").test(ITEM)).isFalse();
        assertThat(LegacyParameters.filter(conditions, "OR").test(ITEM)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EQ | ''",
                "NE | {'S':'a'} {'S':'a'}",
                "IN | ''",
                "BETWEEN | {'S':'a'}",
                "NULL | {'S':'a'}",
                "NOT_NULL | {'S':'a'}",
                "CONTAINS | {'S':'a'} {'S':'a'}"
            })
    void theNumberOfValuesIsChecked(String operator, String values) {
        ExpressionMessagesTest.assertRefused(
                INVALID + "Invalid number of argument(s) for the " + operator + " ComparisonOperator",
                () -> filter("a", operator, values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LT | {'BOOL':true} | BOOL",
                "IN | {'L':[]} | L",
                "BETWEEN | {'SS':['a']} {'SS':['a']} | SS",
                "BEGINS_WITH | {'N':'1'} | N",
                "CONTAINS | {'SS':['a']} | SS",
                "NOT_CONTAINS | {'M':{}} | M"
            })
    void theTypesOfValuesAreChecked(String operator, String values, String type) {
        ExpressionMessagesTest.assertRefused(
                INVALID + "ComparisonOperator " + operator + " is not valid for " + type + " AttributeValue type",
                () -> filter("a", operator, values));
    }

    @Test
    void valuesOfOneConditionHaveOneTypeAndOrder() {
        ExpressionMessagesTest.assertRefused(
                INVALID + "AttributeValues inside AttributeValueList must be of same type",
                () -> filter("a", "IN", "{'S':'b'} {'N':'1'}"));
        ExpressionMessagesTest.assertRefused(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
                () -> filter("a", "BETWEEN", "{'S':'b'} {'S':'a'}"));
    }

    private static Condition expected(LegacyCondition condition) {
        return LegacyParameters.expected(Map.of("s", condition), null);
    }

    @Test
    void expectedTakesBothForms() {
        assertThat(expected(new LegacyCondition(text("hello"), null, null, null))
                        .test(ITEM))
                .isTrue();
        assertThat(expected(new LegacyCondition(text("hello"), true, null, null))
                        .test(Item.EMPTY))
                .isFalse();
        assertThat(expected(new LegacyCondition(null, false, null, null)).test(ITEM))
                .isFalse();
        assertThat(expected(new LegacyCondition(null, false, null, null)).test(Item.EMPTY))
                .isTrue();
        assertThat(expected(new LegacyCondition(null, null, "BEGINS_WITH", List.of(text("h"))))
                        .test(ITEM))
                .isTrue();
        assertThat(expected(new LegacyCondition(text("hello"), null, "EQ", null))
                        .test(ITEM))
                .isTrue();
        assertThat(expected(new LegacyCondition(null, null, "NULL", null)).test(ITEM))
                .isFalse();
    }

    @Test
    void expectedRefusesMixedForms() {
        refusedExpected("Value must be provided when Exists is null for Attribute: s", null, null, null, null);
        refusedExpected("Value must be provided when Exists is true for Attribute: s", null, true, null, null);
        refusedExpected("Value cannot be used when Exists is false for Attribute: s", text("a"), false, null, null);
        refusedExpected(
                "Exists and ComparisonOperator cannot be used together for Attribute: s", null, true, "EQ", null);
        refusedExpected(
                "Value and AttributeValueList cannot be used together for Attribute: s",
                text("a"),
                null,
                null,
                List.of());
        refusedExpected(
                "AttributeValueList can only be used with a ComparisonOperator for Attribute: s",
                null,
                null,
                null,
                List.of());
        refusedExpected(
                "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: s",
                null,
                null,
                "EQ",
                null);
        refusedExpected(
                "Invalid number of argument(s) for the BETWEEN ComparisonOperator", text("a"), null, "BETWEEN", null);
    }

    private static void refusedExpected(
            String message,
            @Nullable Value value,
            @Nullable Boolean exists,
            @Nullable String operator,
            @Nullable List<Value> values) {
        ExpressionMessagesTest.assertRefused(
                INVALID + message, () -> expected(new LegacyCondition(value, exists, operator, values)));
    }

    @Test
    void theConditionalOperatorNeedsTwoConditions() {
        ExpressionMessagesTest.assertRefused(
                "ConditionalOperator cannot be used without Filter or Expected",
                () -> LegacyParameters.checkConditionalOperator(null));
        ExpressionMessagesTest.assertRefused(
                "ConditionalOperator can only be used when Filter or Expected has two or more elements",
                () -> LegacyParameters.checkConditionalOperator(1));
        LegacyParameters.checkConditionalOperator(2);
    }

    @Test
    void aQueryFilterMayNotReadTheKey() {
        ExpressionMessagesTest.assertRefused(
                "QueryFilter can only contain non-primary key attributes: Primary key attribute: sk",
                () -> LegacyParameters.requireNoKey(
                        Map.of("sk", LegacyCondition.of("NULL", null)), List.of("pk", "sk")));
    }

    @Test
    void keyConditionsReadARange() {
        Map<String, LegacyCondition> conditions = Map.of(
                "pk", LegacyCondition.of("EQ", List.of(text("a"))),
                "sk", LegacyCondition.of("BETWEEN", list("{'N':'1'} {'N':'2'}")));

        assertThat(LegacyParameters.keyConditions(conditions).resolve(KEYS).operator())
                .isEqualTo(Operator.BETWEEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL", "NOT_NULL", "NE", "IN", "CONTAINS", "NOT_CONTAINS"})
    void operatorsThatReadNoRangeAreRefused(String operator) {
        List<Value> values = operator.endsWith("NULL") ? List.of() : List.of(text("a"));
        KeyExpression keys = LegacyParameters.keyConditions(Map.of("pk", LegacyCondition.of(operator, values)));

        ExpressionMessagesTest.assertRefused(
                "Attempted conditional constraint is not an indexable operation", () -> keys.resolve(KEYS));
    }

    @Test
    void oneOrTwoKeyConditionsAreAllowed() {
        LegacyCondition any = LegacyCondition.of("NULL", null);
        ExpressionMessagesTest.assertRefused(
                "Conditions can be of length 1 or 2 only", () -> LegacyParameters.keyConditions(Map.of()));
        ExpressionMessagesTest.assertRefused(
                "Conditions can be of length 1 or 2 only",
                () -> LegacyParameters.keyConditions(Map.of("a", any, "b", any, "c", any)));
    }

    private static Item updated(String attribute, @Nullable String action, @Nullable Value value) {
        return LegacyParameters.updates(Map.of(attribute, new LegacyUpdate(action, value)))
                .apply(ITEM);
    }

    @Test
    void attributeUpdatesPutAddOrDelete() {
        assertThat(updated("s", null, text("new")).get("s")).isEqualTo(text("new"));
        assertThat(updated("n", "ADD", Samples.value("{'N':'2'}")).get("n")).isEqualTo(Samples.value("{'N':'7'}"));
        assertThat(updated("l", "ADD", Samples.value("{'L':[{'S':'a'}]}")).get("l"))
                .isEqualTo(Samples.value("{'L':[{'S':'a'}]}"));
        assertThat(updated("ss", "DELETE", Samples.value("{'SS':['x']}")).get("ss"))
                .isEqualTo(Samples.value("{'SS':['y']}"));
        assertThat(updated("ss", "DELETE", null).get("ss")).isNull();
    }

    @Test
    void attributeUpdatesRefuseTypesAndMissingValues() {
        refusedUpdate("Only DELETE action is allowed when no attribute value is specified", "ADD", null);
        refusedUpdate("Only DELETE action is allowed when no attribute value is specified", null, null);
        for (String type : List.of("S", "N", "B", "NULL", "BOOL", "M", "L")) {
            Value value = Samples.VALUES.get(":" + type);
            refusedUpdate("DELETE action with value is not supported for the type " + type, "DELETE", value);
        }
        for (String type : List.of("S", "B", "NULL", "BOOL", "M")) {
            Value value = Samples.VALUES.get(":" + type);
            refusedUpdate("ADD action is not supported for the type " + type, "ADD", value);
        }
    }

    private static void refusedUpdate(String message, @Nullable String action, @Nullable Value value) {
        ExpressionMessagesTest.assertRefused(INVALID + message, () -> updated("a", action, value));
    }
}
