package dev.ingestkit.local.table.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that nobody would write: the parser accepts them or throws a TableException, nothing else. */
class StatementFuzzTest {
    private static final int TEXTS = 100_000;
    private static final List<String> STARTS =
            List.of("", "SELECT * FROM t WHERE ", "UPDATE t SET a = ", "INSERT INTO t VALUE {'a': ", "DELETE FROM t ");
    private static final List<String> PIECES = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "SET",
            "REMOVE",
            "RETURNING ALL OLD *",
            "INSERT",
            "INTO",
            "VALUE",
            "ORDER BY",
            "a",
            "\"b\"",
            "c.d",
            "l[0]",
            "'text'",
            "1",
            "-1",
            ".5e3",
            "1e999999999999",
            "true",
            "null",
            "[",
            "]",
            "{",
            "}",
            "{'k':",
            "<<",
            ">>",
            "(",
            ")",
            ",",
            ".",
            ":",
            ";",
            "=",
            "<>",
            "!=",
            "<=",
            "AND",
            "OR",
            "NOT",
            "IN",
            "IS",
            "MISSING",
            "BETWEEN",
            "contains(",
            "size(",
            "set_add(",
            "?",
            "+",
            "-",
            "--",
            "/*",
            "*/",
            "#",
            "'",
            "\"",
            "é");

    @Test
    void randomTextsAreAcceptedOrRefused() {
        long seed = Long.getLong("ingest.seed", System.nanoTime());
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder(STARTS.get(random.nextInt(STARTS.size())));
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(5) > 0 ? " " : "");
            }
            accepted += parse(text.toString(), seed) ? 1 : 0;
        }
        assertThat(accepted).as("-Dingest.seed=%d: texts accepted", seed).isPositive();
    }

    private static boolean parse(String text, long seed) {
        try {
            StatementParser.parse(StatementLexer.tokens(text), List.of(Value.of("parameter")));
            return true;
        } catch (TableException e) {
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("-Dingest.seed=" + seed + ": " + text, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "NOT ", "NOT (", "size(", "[", "{'a':", "<<", "a = (", "a[0]", "- "})
    void deeplyNestedStatementsDoNotOverflowTheStack(String piece) {
        parse("SELECT * FROM t WHERE " + piece.repeat(8_000), 0);
        parse("UPDATE t SET a = " + piece.repeat(8_000), 0);
    }
}
