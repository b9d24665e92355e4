package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The output of a command. Standard output carries data only; notes, progress and errors go to standard error. A
 * record's fields are its JSON form, and their names are part of the tool's interface. Not thread-safe, except {@link
 * #note} and {@link #detail}.
 */
public final class Output {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private static final String INDENT = "  ";

    private final PrintStream screen;
    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final OutputSettings settings;
    private final Clock clock;

    /** Creates the output of one run. */
    public Output(PrintStream out, PrintStream err, Terminal terminal, OutputSettings settings, Clock clock) {
        requireNonNull(out, "out");
        requireNonNull(settings, "settings");
        boolean json = settings.format() == OutputFormat.JSON || settings.format() == OutputFormat.NDJSON;
        this.screen = out;
        this.out = terminal.stdout() ? new ScreenStream(out, json) : out;
        this.err = requireNonNull(err, "err");
        this.terminal = requireNonNull(terminal, "terminal");
        this.settings = requireNonNull(settings, "settings");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Returns the terminal. */
    public Terminal terminal() {
        return terminal;
    }

    /** Returns the width beyond which a page's lines are wrapped; without a terminal they never are. */
    public int columns() {
        return terminal.stdout() ? terminal.width() : Integer.MAX_VALUE;
    }

    /** Returns the settings. */
    public OutputSettings settings() {
        return settings;
    }

    /** Returns the JSON that is printed for a value. */
    public static JsonNode json(Object value) {
        return value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
    }

    /**
     * Begins a list of records. A query sees the whole list, so the records are held until the end.
     *
     * @param columns for the formats with columns; the first one is the record's name
     */
    public Records list(List<Column> columns) {
        return new Records(printer(columns, true), columns, false);
    }

    /** Begins an endless list: each record is printed as it comes, and a query is applied to each. */
    public Records stream(List<Column> columns) {
        return new Records(printer(columns, false), columns, true);
    }

    /** Prints a single value; as a table, one line per field. */
    public void one(Object value) {
        JsonNode record = json(value);
        JsonQuery query = settings.query();
        JsonNode result = query == null ? record : query.apply(record);
        if (query != null && !result.isObject()) {
            print(result);
            return;
        }
        RecordPrinter printer = switch (settings.format()) {
            case TABLE -> new StructuredPrinters.Fields(out);
            case JSON -> new Document(out);
            case NDJSON -> new StructuredPrinters.Lines(out);
            case YAML -> new StructuredPrinters.Yaml(out, false);
            case CSV -> new StructuredPrinters.Csv(out, fields(result));
            case NAME -> new StructuredPrinters.Names(out, fields(result).get(0));
        };
        printer.print(result);
        printer.finish();
        checkReader();
    }

    /** Clears the screen for the next of several pages; does nothing without a terminal. */
    public void clearScreen() {
        if (terminal.stdout()) {
            screen.print("\033[H\033[J");
            checkReader();
        }
    }

    /** Prints text that is data: a payload, a script, a help page. A terminal gets it without control characters. */
    public void text(String text) {
        out.print(text);
        checkReader();
    }

    /** Prints a line for people; a terminal gets it wrapped at words, its later lines indented. */
    public void line(String line, int indent) {
        text(Text.wrapped(line, columns(), " ".repeat(indent)) + "\n");
    }

    /** Prints a page for people, whose command lines can be pasted unchanged. */
    public void page(String page) {
        text(settings.runnable(page));
    }

    /** Prints bytes that are data: unchanged, or on a terminal as safe text. */
    public void bytes(byte[] data) {
        if (terminal.stdout()) {
            out.print(new String(data, StandardCharsets.UTF_8));
        } else {
            out.write(data, 0, data.length);
        }
        checkReader();
    }

    /**
     * Prints a line for people on standard error; {@code --quiet} mutes it. A terminal gets a long line wrapped at words.
     */
    public void note(String line) {
        if (!settings.quiet()) {
            err.print(terminal.onErrors(settings.runnable(line), INDENT) + "\n");
        }
    }

    /** Prints a command line for the user's shell on standard error, never wrapped; {@code --quiet} mutes it. */
    public void command(String line) {
        if (!settings.quiet()) {
            err.print(Text.safe(settings.runnable(line)) + "\n");
        }
    }

    /** Prints a line on standard error with {@code -v}. */
    public void detail(String line) {
        if (settings.verbosity() > 0 && !settings.quiet()) {
            err.print(Text.safe(line) + "\n");
        }
    }

    /** Returns a progress line on standard error, which is silent with {@code --quiet}. */
    public Progress progress(String what) {
        return new Progress(err, terminal, !settings.quiet(), what);
    }

    private RecordPrinter printer(List<Column> columns, boolean finite) {
        return switch (settings.format()) {
            case TABLE ->
                new TablePrinter(out, terminal, clock, columns, finite ? TablePrinter.MANY : TablePrinter.EACH);
            case JSON -> finite ? new StructuredPrinters.Array(out) : new StructuredPrinters.Lines(out);
            case NDJSON -> new StructuredPrinters.Lines(out);
            case YAML -> new StructuredPrinters.Yaml(out, true);
            case CSV -> new StructuredPrinters.Csv(out, columns);
            case NAME -> new StructuredPrinters.Names(out, columns.get(0));
        };
    }

    /** Prints a query's result that is not a list of records. */
    private void print(JsonNode result) {
        switch (settings.format()) {
            case YAML -> {
                RecordPrinter yaml = new StructuredPrinters.Yaml(out, false);
                yaml.print(result);
            }
            case NDJSON -> {
                if (result.isArray()) {
                    result.forEach(element -> out.print(element + "\n"));
                } else {
                    out.print(result + "\n");
                }
            }
            case JSON -> out.print(result.toPrettyString() + "\n");
            case TABLE, CSV, NAME -> plain(result);
        }
        checkReader();
    }

    private void plain(JsonNode result) {
        if (result.isArray()) {
            result.forEach(this::plain);
        } else if (!result.isNull()) {
            out.print(Text.safe(result.isValueNode() ? result.asText() : result.toString()) + "\n");
        }
    }

    private static List<Column> fields(JsonNode record) {
        return record.properties().stream()
                .map(field -> Column.of(field.getKey(), field.getKey()))
                .toList();
    }

    /** Stops the command quietly when the reader has gone; a PrintStream hides a broken pipe. */
    private void checkReader() {
        if (out.checkError()) {
            throw new ReaderGoneException();
        }
    }

    /** Prints one document. */
    private record Document(PrintStream out) implements RecordPrinter {
        @Override
        public void print(JsonNode record) {
            out.print(record.toPrettyString() + "\n");
        }

        @Override
        public void finish() {}
    }

    /** A list being printed. Must be closed, because some formats write their end then. */
    public final class Records implements AutoCloseable {
        private final RecordPrinter printer;
        private final List<Column> columns;
        private final boolean endless;
        private final ArrayNode held = MAPPER.createArrayNode();

        private Records(RecordPrinter printer, List<Column> columns, boolean endless) {
            this.printer = printer;
            this.columns = columns;
            this.endless = endless;
        }

        public void add(Object value) {
            JsonNode record = json(value);
            JsonQuery query = settings.query();
            if (query == null) {
                printer.print(record);
                checkReader();
            } else if (endless) {
                JsonNode result = query.apply(record);
                if (!result.isNull()) {
                    print(result);
                }
            } else {
                held.add(record);
            }
        }

        /** Prints the rows that a table holds back to measure its columns. */
        public void flush() {
            if (printer instanceof TablePrinter table && terminal.stdout()) {
                table.flush();
            }
        }

        @Override
        public void close() {
            JsonQuery query = settings.query();
            if (query == null || endless) {
                printer.finish();
            } else {
                finish(query.apply(held));
            }
            checkReader();
        }

        private void finish(JsonNode result) {
            boolean records = result.isArray();
            for (JsonNode element : result) {
                records &= element.isObject();
            }
            if (!records) {
                print(result);
                return;
            }
            List<Column> displayed = result.isEmpty() || has(result.get(0), columns) ? columns : fields(result.get(0));
            RecordPrinter last = printer(displayed, true);
            result.forEach(last::print);
            last.finish();
        }

        private boolean has(JsonNode record, List<Column> wanted) {
            return wanted.stream()
                    .allMatch(column ->
                            column.path().isEmpty() || record.has(column.path().split("\\.", 2)[0]));
        }
    }
}
