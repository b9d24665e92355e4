package dev.ingestkit.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.event.PayloadTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OutputTest {

    private static final List<Column> COLUMNS =
            List.of(Column.of("ID", "id"), Column.number("SIZE", "size"), Column.of("TEXT", "text"));
    private static final Terminal SCREEN = new Terminal(true, true, true, 24, false, true);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private record Row(String id, int size, String text) {}

    private Output output(OutputFormat format, @Nullable String query, Terminal terminal) {
        JsonQuery parsed = query == null ? null : JsonQuery.parse(query);
        return new Output(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                terminal,
                new OutputSettings(format, parsed, false, 0, false, OutputSettings.PROGRAM),
                Clock.systemUTC());
    }

    private String list(OutputFormat format, @Nullable String query, Terminal terminal) {
        try (Output.Records records = output(format, query, terminal).list(COLUMNS)) {
            records.add(new Row("a", 7, "=1+1"));
            records.add(new Row("bb", 1_200, "x,\"y\"\033[2J"));
        }
        return out.toString(UTF_8);
    }

    @Test
    void aPipedTableIsTabSeparatedAndUncut() {
        assertThat(list(OutputFormat.TABLE, null, Terminal.none()))
                .isEqualTo("a\t7\t=1+1\nbb\t1200\tx,\"y\"\uFFFD[2J\n");
    }

    @Test
    void aTableOnATerminalHasAHeaderAndFitsTheWidth() {
        assertThat(list(OutputFormat.TABLE, null, SCREEN))
                .isEqualTo("ID  SIZE  TEXT\na      7  =1+1\nbb  1200  x,\"y\"\uFFFD[2J\n");
    }

    @Test
    void yamlHasNumbersAsInJson() {
        String payload = "{\"a\":-0,\"b\":1e400,\"c\":1.10,\"d\":[12345678901234567890,7,0.5]}";
        output(OutputFormat.YAML, null, Terminal.none())
                .one(PayloadTree.of(payload.getBytes(UTF_8)).orElseThrow());

        assertThat(out.toString(UTF_8)).isEqualTo("""
                a: -0
                b: 1e400
                c: 1.10
                d:
                - 12345678901234567890
                - 7
                - 0.5
                """);
    }

    @Test
    void jsonIsOneArray() {
        assertThat(list(OutputFormat.JSON, null, Terminal.none())).isEqualTo("""
            [
              {
                "id" : "a",
                "size" : 7,
                "text" : "=1+1"
              },
              {
                "id" : "bb",
                "size" : 1200,
                "text" : "x,\\"y\\"\\u001B[2J"
              }
            ]
            """);
    }

    @Test
    void ndjsonIsOneObjectPerLine() {
        assertThat(list(OutputFormat.NDJSON, null, Terminal.none())).isEqualTo("""
            {"id":"a","size":7,"text":"=1+1"}
            {"id":"bb","size":1200,"text":"x,\\"y\\"\\u001B[2J"}
            """);
    }

    @Test
    void csvQuotesSpecialCellsAndDisarmsFormulas() {
        assertThat(list(OutputFormat.CSV, null, Terminal.none()))
                .isEqualTo("id,size,text\na,7,'=1+1\nbb,1200,\"x,\"\"y\"\"\033[2J\"\n");
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void noFormatPrintsARawPayloadOnATerminal(OutputFormat format) {
        String hostile = "\033]0;x\007\u009b2J\u202Eabc\r\u007f";
        Output output = output(format, null, SCREEN);
        try (Output.Records records = output.list(COLUMNS)) {
            records.add(new Row(hostile, 1, hostile));
        }
        output.one(new Row(hostile, 1, hostile));
        output.text(hostile + "\n");
        output.bytes((hostile + "\n").getBytes(UTF_8));
        output.bytes(new byte[] {(byte) 0x9b, 'J', '\n'});

        assertThat(out.toString(UTF_8)).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e]");
        assertThat(out.toString(UTF_8)).contains("abc");
    }

    @Test
    void pipedBytesAreUnchanged() {
        byte[] data = {0, (byte) 0x9b, 27, (byte) 0xff, '\r', '\n'};

        output(OutputFormat.TABLE, null, Terminal.none()).bytes(data);

        assertThat(out.toByteArray()).isEqualTo(data);
    }

    @Test
    void nameIsTheFirstColumn() {
        assertThat(list(OutputFormat.NAME, null, Terminal.none())).isEqualTo("a\nbb\n");
    }

    @Test
    void aQuerySeesTheWholeList() {
        assertThat(list(OutputFormat.JSON, "[?size > `100`].id | [0]", Terminal.none()))
                .isEqualTo("\"bb\"\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = OutputFormat.class,
            names = {"JSON", "YAML"})
    void anEmptyListIsAnEmptyArray(OutputFormat format) {
        output(format, null, Terminal.none()).list(COLUMNS).close();

        assertThat(out.toString(UTF_8)).isEqualTo("[]\n");
    }

    @Test
    void aStreamPrintsEachRecordAtOnceAndQueriesEach() {
        Output.Records records = output(OutputFormat.JSON, "id", Terminal.none()).stream(COLUMNS);

        records.add(new Row("a", 1, ""));

        assertThat(out.toString(UTF_8)).isEqualTo("\"a\"\n");
        records.close();
    }

    @Test
    void notesGoToStandardErrorWithoutControlCharacters() {
        output(OutputFormat.JSON, null, SCREEN).note("done\033[2J");

        assertThat(out.size()).isZero();
        assertThat(err.toString(UTF_8)).isEqualTo("done\uFFFD[2J\n");
    }

    @Test
    void aLongNoteIsWrappedAtWordsOnATerminalOnly() {
        output(OutputFormat.TABLE, null, SCREEN).note("redrove 3 records of 3 dead letters, see ingest-cli dlq list.");
        output(OutputFormat.TABLE, null, Terminal.none()).note("redrove 3 records of 3 dead letters");

        assertThat(err.toString(UTF_8)).isEqualTo("""
            redrove 3 records of 3
              dead letters, see
              ingest-cli dlq list.
            redrove 3 records of 3 dead letters
            """);
    }

    @Test
    void aCommandLineIsNeverWrapped() {
        String command = "sam deploy --parameter-overrides ShardCount=2 MemorySize=1024";
        output(OutputFormat.TABLE, null, SCREEN).command(command);

        assertThat(err.toString(UTF_8)).isEqualTo(command + "\n");
    }

    @Test
    void anErrorAndItsCauseAreWrappedAndItsHintsAreNot() {
        new ErrorReport(new PrintStream(err, true, UTF_8), SCREEN, OutputSettings.DEFAULT)
                .print(new CliException("X", ExitCode.FAILED, "cannot read the table")
                        .because("it has two keys, and one was given", null)
                        .hint("name both of them: ingest-cli inspect A B"));

        assertThat(err.toString(UTF_8)).isEqualTo("""
            error: cannot read the
                   table
            cause: it has two keys,
                   and one was given
            hint:  name both of them: ingest-cli inspect A B
            """);
    }

    @Test
    void eachProblemOfAnErrorHasALineOfItsOwn() {
        new ErrorReport(new PrintStream(err, true, UTF_8), Terminal.none(), OutputSettings.DEFAULT)
                .print(new CliException("X", ExitCode.FAILED, "t.yaml:3: is wrong\nt.yaml:5: is\033[2J too\n"));

        assertThat(err.toString(UTF_8)).isEqualTo("error: t.yaml:3: is wrong\n       t.yaml:5: is\uFFFD[2J too\n");
    }

    @Test
    void aLongLineContinuesBelowItsText() {
        output(OutputFormat.TABLE, null, SCREEN).line("23:16:24  stored  table  key=north", 10);

        assertThat(out.toString(UTF_8)).isEqualTo("23:16:24  stored  table\n          key=north\n");
    }

    @Test
    void stopsQuietlyWhenTheReaderHasGone() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Output output = new Output(
                new PrintStream(gone, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                Terminal.none(),
                OutputSettings.DEFAULT,
                Clock.systemUTC());

        assertThatThrownBy(() -> output.text("data")).isInstanceOf(ReaderGoneException.class);
    }

    @Test
    void aMalformedQueryIsWrongUsage() {
        assertThatThrownBy(() -> JsonQuery.parse("[?")).isInstanceOfSatisfying(CliException.class, wrong -> {
            assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(wrong.text()).isEqualTo("--query: '[?' is not a valid JMESPath expression");
        });
    }
}
