package dev.ingestkit.local.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ingestkit.local.table.error.TableException;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that nobody would write: parsers accept them or throw a TableException, nothing else. */
class ParserFuzzTest {
    private static final int TEXTS = 40_000;
    private static final List<String> PIECES = List.of(
            "a",
            "b.c",
            "#a",
            "#d",
            "#x",
            ":S",
            ":N",
            ":L",
            ":x",
            "size",
            "(",
            ")",
            "((",
            "[",
            "]",
            "[1]",
            "[99999999999]",
            ",",
            ".",
            "=",
            "<>",
            "<=",
            ">",
            "+",
            "-",
            "AND",
            "or",
            "NOT",
            "BETWEEN",
            "IN",
            "SET",
            "REMOVE",
            "ADD",
            "DELETE",
            "contains(",
            "begins_with(a,",
            "attribute_type(",
            "list_append(",
            "if_not_exists(a,",
            "é",
            "\u0000",
            "#",
            ":",
            "\"",
            "'",
            "0",
            "12",
            "_",
            "\n");

    private static final List<BiFunction<String, Placeholders, Object>> PARSERS = List.of(
            Expressions::condition,
            Expressions::filter,
            Expressions::keyCondition,
            Expressions::projection,
            Expressions::update);

    @Test
    void randomTextsAreAcceptedOrRefused() {
        long seed = Long.getLong("ingest.seed", System.nanoTime());
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextBoolean() ? " " : "");
            }
            for (BiFunction<String, Placeholders, Object> parser : PARSERS) {
                accepted += parse(parser, text.toString(), seed) ? 1 : 0;
            }
        }
        assertThat(accepted).as("-Dingest.seed=%d: texts accepted", seed).isPositive();
    }

    private static boolean parse(BiFunction<String, Placeholders, Object> parser, String text, long seed) {
        try {
            return parser.apply(text, Samples.placeholders()) != null;
        } catch (TableException e) {
            assertThat(e).hasMessageNotContaining("null");
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("-Dingest.seed=" + seed + ": " + text, e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "NOT ", "NOT(", "size(", "list_append(", "(a AND ", "a.", "[", "a = (", "SET a = (", "a[0]"
            })
    void deeplyNestedTextsDoNotOverflowTheStack(String piece) {
        for (BiFunction<String, Placeholders, Object> parser : PARSERS) {
            String text = piece.repeat(ExpressionParser.MAX_SIZE / piece.length());
            parse(parser, text, 0);
            parse(parser, "SET a = " + text.substring(0, text.length() - 10), 0);
        }
    }
}
