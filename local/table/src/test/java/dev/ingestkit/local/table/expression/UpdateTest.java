package dev.ingestkit.local.table.expression;

import static dev.ingestkit.local.table.expression.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.table.item.Item;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateTest {
    private static final String NO_ATTRIBUTE =
            "The provided expression refers to an attribute that does not exist in the item";
    private static final String WRONG_TYPE = "An operand in the update expression has an incorrect data type";
    private static final String WRONG_PATH =
            "The document path provided in the update expression is invalid for update";
    private static final Item ITEM = item("{'pk':{'S':'k'},'n':{'N':'5'},'s':{'SS':['x','y']},"
            + "'l':{'L':[{'N':'0'},{'N':'1'},{'N':'2'}]},'m':{'M':{'x':{'N':'1'},'y':{'M':{'z':{'S':'deep'}}}}}}");

    private static Update update(String text) {
        return Expressions.update(
                text,
                new Placeholders(
                        Map.of(),
                        Samples.values("{':1':{'N':'1'},':x':{'SS':['x']},':xy':{'SS':['x','y']},':s':{'S':'new'},"
                                + "':l':{'L':[{'S':'end'}]},':ns':{'NS':['1']}}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET n = n + :1 | n | {'N':'6'}",
                "SET n = :1 - n | n | {'N':'-4'}",
                "SET c = if_not_exists(c, :1) + :1 | c | {'N':'2'}",
                "SET l = list_append(l, :l) | l | {'L':[{'N':'0'},{'N':'1'},{'N':'2'},{'S':'end'}]}",
                "SET l[1] = :s | l | {'L':[{'N':'0'},{'S':'new'},{'N':'2'}]}",
                "SET l[9] = :s, l[7] = :1 | l | {'L':[{'N':'0'},{'N':'1'},{'N':'2'},{'N':'1'},{'S':'new'}]}",
                "SET m.y.z = m.x, m.x = m.y.z | m | {'M':{'x':{'S':'deep'},'y':{'M':{'z':{'N':'1'}}}}}",
                "SET m.fresh = :s | m | {'M':{'x':{'N':'1'},'y':{'M':{'z':{'S':'deep'}}},'fresh':{'S':'new'}}}",
                "REMOVE l[0], l[2] SET l[1] = :1 | l | {'L':[{'N':'1'}]}",
                "REMOVE l[17] | l | {'L':[{'N':'0'},{'N':'1'},{'N':'2'}]}",
                "REMOVE m.y.absent, m.x | m | {'M':{'y':{'M':{'z':{'S':'deep'}}}}}",
                "ADD n :1 | n | {'N':'6'}",
                "ADD fresh :1 | fresh | {'N':'1'}",
                "ADD s :x, fresh :xy | s | {'SS':['x','y']}",
                "ADD m.x :1 | m | {'M':{'x':{'N':'2'},'y':{'M':{'z':{'S':'deep'}}}}}",
                "DELETE s :x | s | {'SS':['y']}"
            })
    void actionsChangeTheirPlaces(String text, String attribute, String value) {
        assertThat(update(text).apply(ITEM).get(attribute)).isEqualTo(Samples.value(value));
    }

    @ParameterizedTest
    @CsvSource({"REMOVE n, n", "REMOVE s, s", "DELETE s :xy, s", "REMOVE absent, absent", "DELETE absent :x, absent"})
    void attributesAreRemoved(String text, String attribute) {
        assertThat(update(text).apply(ITEM).get(attribute)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET a = absent | " + NO_ATTRIBUTE,
                "SET a = absent + :1 | " + NO_ATTRIBUTE,
                "SET a = list_append(absent, :l) | " + NO_ATTRIBUTE,
                "SET a = pk + :1 | " + WRONG_TYPE,
                "SET a = list_append(n, :l) | " + WRONG_TYPE,
                "ADD pk :1 | " + WRONG_TYPE,
                "ADD s :ns | " + WRONG_TYPE,
                "DELETE s :ns | " + WRONG_TYPE,
                "DELETE n :x | " + WRONG_TYPE,
                "SET absent.a = :1 | " + WRONG_PATH,
                "SET n.a = :1 | " + WRONG_PATH,
                "SET m[0] = :1 | " + WRONG_PATH,
                "SET l.a = :1 | " + WRONG_PATH,
                "SET l[9].a = :1 | " + WRONG_PATH,
                "REMOVE absent.a | " + WRONG_PATH
            })
    void actionsThatDoNotFitTheItemAreRefused(String text, String message) {
        ExpressionMessagesTest.assertRefused(message, () -> update(text).apply(ITEM));
    }

    @Test
    void valuesNestedTooDeeplyAreRefused() {
        Item deep = item("{'a':" + "{'M':{'a':".repeat(31) + "{'M':{}}" + "}}".repeat(31) + "}");
        assertThat(update("SET b = a").apply(deep).count()).isEqualTo(2);
        ExpressionMessagesTest.assertRefused(
                "Nesting Levels have exceeded supported limits",
                () -> update("SET a.b = a").apply(deep));
    }

    @Test
    void touchedIsThePartThatTheUpdateNames() {
        Update update = update("SET m.y.z = :s, l[1] = :1, fresh = :1 REMOVE n");

        assertThat(update.touched(ITEM))
                .isEqualTo(item("{'n':{'N':'5'},'l':{'L':[{'N':'1'}]},'m':{'M':{'y':{'M':{'z':{'S':'deep'}}}}}}"));
        assertThat(update.touched(update.apply(ITEM)))
                .isEqualTo(item("{'fresh':{'N':'1'},'l':{'L':[{'N':'1'}]},'m':{'M':{'y':{'M':{'z':{'S':'new'}}}}}}"));
    }

    @Test
    void onlyUpdatesThatStoreCreateAnItem() {
        assertThat(update("SET a = :1").createsItem()).isTrue();
        assertThat(update("ADD a :1").createsItem()).isTrue();
        assertThat(update("REMOVE a DELETE s :x").createsItem()).isFalse();
        assertThat(Update.NONE.createsItem()).isTrue();
    }

    @Test
    void keyAttributesCannotBeUpdated() {
        ExpressionMessagesTest.assertRefused(
                "One or more parameter values were invalid: Cannot update attribute pk. "
                        + "This attribute is part of the key",
                () -> update("SET n = :1 REMOVE pk").requireNoKey(List.of("pk", "sk")));
        ExpressionMessagesTest.assertRefused(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                        + "IndexKey: pk",
                () -> update("SET pk.x = :1").requireScalarKeys(List.of("pk"), "IndexKey"));
    }
}
