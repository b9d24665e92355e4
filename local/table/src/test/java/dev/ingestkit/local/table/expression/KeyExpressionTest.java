package dev.ingestkit.local.table.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.item.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyExpressionTest {
    private static final KeySchema HASH = new KeySchema(new KeyAttribute("pk", ValueType.S), null);
    private static final KeySchema RANGE =
            new KeySchema(new KeyAttribute("pk", ValueType.S), new KeyAttribute("sk", ValueType.N));

    private static KeyCondition resolve(KeySchema schema, String expression) {
        return Expressions.keyCondition(expression, Samples.placeholders()).resolve(schema);
    }

    @Test
    void oneEqualityReadsThePartition() {
        assertThat(resolve(RANGE, "pk = :S")).isEqualTo(new KeyCondition(Samples.value("{'S':'a'}"), null, null, null));
        assertThat(resolve(HASH, "(:S = pk)").partition()).isEqualTo(Samples.value("{'S':'a'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "sk = :N, EQ",
        "sk < :N, LT",
        ":N <= sk, GE",
        ":N > sk, LT",
        "(sk) >= :N, GE",
        "sk <= (:N), LE",
        "sk > :N, GT"
    })
    void aComparisonReadsARangeOfSortKeys(String comparison, Operator operator) {
        KeyCondition condition = resolve(RANGE, "(" + comparison + ") AND pk = :S");

        assertThat(condition.operator()).isEqualTo(operator);
        assertThat(condition.first()).isEqualTo(Samples.value("{'N':'1'}"));
        assertThat(condition.second()).isNull();
    }

    @Test
    void betweenReadsARangeWithBothEnds() {
        KeyCondition condition = resolve(RANGE, "pk = :S AND sk BETWEEN :N AND :M2");

        assertThat(condition.operator()).isEqualTo(Operator.BETWEEN);
        assertThat(condition.first()).isEqualTo(Samples.value("{'N':'1'}"));
        assertThat(condition.second()).isEqualTo(Samples.value("{'N':'2'}"));
    }

    @Test
    void beginsWithReadsAPrefix() {
        KeySchema text = new KeySchema(RANGE.partition(), new KeyAttribute("sk", ValueType.S));

        assertThat(resolve(text, "pk = :S AND begins_with(sk, :T)").operator()).isEqualTo(Operator.BEGINS_WITH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sk = :N | Query condition missed key schema element: pk",
                "pk = :S AND extra = :N | Query condition missed key schema element: sk",
                "pk > :S | Query key condition not supported",
                "pk > :S AND sk = :N | Query key condition not supported",
                "pk = :N | One or more parameter values were invalid: "
                        + "Condition parameter type does not match schema type",
                "pk = :S AND sk = :BOOL | One or more parameter values were invalid: "
                        + "Condition parameter type does not match schema type",
                "pk = :S AND begins_with(sk, :T) | One or more parameter values were invalid: "
                        + "Condition parameter type does not match schema type",
                "pk = :S AND sk > :N AND extra = :N | The number of query conditions (3) exceeds "
                        + "the number of key attributes defined in the schema (2)"
            })
    void conditionsThatDoNotFitTheKeyAreRefused(String expression, String message) {
        ExpressionMessagesTest.assertRefused(message, () -> resolve(RANGE, expression));
    }
}
