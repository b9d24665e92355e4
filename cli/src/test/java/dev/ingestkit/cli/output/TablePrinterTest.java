package dev.ingestkit.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TablePrinterTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TablePrinter printer(boolean screen, int lot, Column... columns) {
        Terminal terminal = new Terminal(screen, screen, screen, 80, false, true);
        return new TablePrinter(
                new PrintStream(out, true, StandardCharsets.UTF_8), terminal, NOW, List.of(columns), lot);
    }

    private static void print(TablePrinter printer, String a, String b) {
        printer.print(JsonNodeFactory.instance.objectNode().put("a", a).put("b", b));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aLongTableStaysAlignedWithinEachLotAndNeverNarrows() {
        TablePrinter table = printer(true, 2, Column.of("A", "a"), Column.of("B", "b"));

        print(table, "1", "x");
        print(table, "333", "x");
        print(table, "4", "x");
        print(table, "55555", "x");
        print(table, "6", "x");
        table.finish();

        assertThat(lines()).containsExactly("A    B", "1    x", "333  x", "4      x", "55555  x", "6      x");
    }

    @Test
    void aLongNumberIsShortenedOnlyOnATerminal() {
        Column[] columns = {Column.tail("A", "a"), Column.of("B", "b")};
        TablePrinter screen = printer(true, 1, columns);
        print(screen, "495905640987654321", "x");
        TablePrinter pipe = printer(false, 1, columns);
        print(pipe, "495905640987654321", "x");

        assertThat(lines()).containsExactly("A          B", "…87654321  x", "495905640987654321\tx");
    }

    @Test
    void aTimeOnATerminalHasNoYearAndNoFractions() {
        TablePrinter screen = printer(true, 1, Column.of("A", "a"), Column.time("B", "b"));
        print(screen, "1", "2026-03-01T11:59:50.100Z");
        print(screen, "2", "never");

        assertThat(lines()).containsExactly("A  B", "1  03-01T11:59:50Z", "2  never");
    }

    @Test
    void aNarrowTerminalCutsTheWidestTextsButNotTheName() {
        Column[] columns = {
            Column.of("NAME", "a"), Column.of("TEXT", "b"), Column.of("WHY", "b"), Column.number("N", "n")
        };
        TablePrinter screen = printer(true, 3, columns);
        for (String text : List.of("x".repeat(60), "short")) {
            screen.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("a", "n".repeat(30))
                    .put("b", text)
                    .put("n", 1234567));
        }
        screen.finish();

        assertThat(lines())
                .containsExactly(
                        "NAME                            TEXT                WHY                        N",
                        "n".repeat(30) + "  " + "x".repeat(17) + "…  " + "x".repeat(18) + "…  1234567",
                        "n".repeat(30) + "  short               short                1234567")
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void columnsThatAreNeverCutExceedTheWidth() {
        TablePrinter screen = printer(true, 1, Column.of("NAME", "a"), Column.of("EXPLANATION", "b"));
        print(screen, "n".repeat(90), "x".repeat(60));

        assertThat(lines().get(1)).isEqualTo("n".repeat(90) + "  " + "x".repeat(10) + "…");
    }

    @Test
    void columnsThatTellNothingAreLeftOutOnATerminalOnly() {
        Column[] columns = {Column.of("A", "a"), Column.word("B", "b").ifUseful()};
        TablePrinter same = printer(true, 10, columns);
        print(same, "1", "x");
        print(same, "2", "x");
        same.finish();
        TablePrinter different = printer(true, 10, columns);
        print(different, "1", "x");
        print(different, "2", "y");
        different.finish();
        TablePrinter pipe = printer(false, 10, columns);
        print(pipe, "1", "x");
        print(pipe, "2", "x");

        assertThat(lines()).containsExactly("A", "1", "2", "A  B", "1  x", "2  y", "1\tx", "2\tx");
    }

    @Test
    void idsAreCutToBeginningsThatDiffer() {
        TablePrinter screen = printer(true, 10, Column.id("A", "a"), Column.ago("B", "b"));
        print(screen, "5f978347-76f8-42bd-97f5-ae7ccc2c7883", "2026-03-01T11:57:50.100Z");
        print(screen, "5f978347-86f8-42bd-97f5-ae7ccc2c7883", "2026-03-01T15:00:00Z");
        screen.finish();

        assertThat(lines()).containsExactly("A           B", "5f978347-7  2m ago", "5f978347-8  in 3h");
    }
}
