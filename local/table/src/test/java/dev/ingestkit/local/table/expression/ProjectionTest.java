package dev.ingestkit.local.table.expression;

import static dev.ingestkit.local.table.expression.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.table.item.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {
    private static final Item ITEM = item("{'a':{'M':{'x':{'N':'1'},'y':{'L':[{'S':'0'},{'S':'1'},{'S':'2'}]}}},"
            + "'b':{'S':'text'},'[3]':{'S':'odd'}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b | {'b':{'S':'text'}}",
                "#d, b | {'b':{'S':'text'},'[3]':{'S':'odd'}}",
                "a.x, a.absent | {'a':{'M':{'x':{'N':'1'}}}}",
                "#a.y[2], a.y[0] | {'a':{'M':{'y':{'L':[{'S':'0'},{'S':'2'}]}}}}",
                "a.y[7] | {}",
                "b.x | {}",
                "b[0] | {}",
                "absent, a.x.y | {}",
                "a[0] | {}"
            })
    void thePathsArePartsOfTheItem(String expression, String expected) {
        assertThat(Expressions.projection(expression, Samples.placeholders()).apply(ITEM))
                .isEqualTo(item(expected));
    }

    @Test
    void attributesAreInTheOrderOfThePaths() {
        assertThat(Expressions.projection("b, a.x, a.y", Samples.placeholders()).attributes())
                .containsExactly("b", "a");
    }

    @Test
    void pathsIntoKeysAreRefused() {
        ExpressionMessagesTest.assertRefused(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: a",
                () -> Expressions.projection("b, a.x", Samples.placeholders()).requireScalarKeys(List.of("a"), "Key"));
    }

    @Test
    void attributesToGetMayNotComeTwice() {
        assertThat(LegacyParameters.attributesToGet(List.of("b", "absent", "[3]"))
                        .apply(ITEM)
                        .count())
                .isEqualTo(2);
        ExpressionMessagesTest.assertRefused(
                "One or more parameter values were invalid: Duplicate value in attribute name: a",
                () -> LegacyParameters.attributesToGet(List.of("a", "b", "a")));
    }
}
