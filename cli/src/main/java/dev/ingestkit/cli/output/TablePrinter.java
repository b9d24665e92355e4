package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A table. On a terminal: upper-case heads, two blanks between columns, the last column cut at the edge; widths come
 * from the first rows, so that a stream without end starts to show at once. Piped: tab-separated, nothing cut, no head.
 */
final class TablePrinter implements RecordPrinter {

    private static final int ROWS_TO_MEASURE = 200;

    private final PrintStream out;
    private final Terminal terminal;
    private final List<Column> columns;
    private final List<List<String>> waiting = new ArrayList<>();
    private int[] widths = new int[0];

    TablePrinter(PrintStream out, Terminal terminal, List<Column> columns) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
    }

    @Override
    public void print(JsonNode record) {
        List<String> row =
                columns.stream().map(column -> Text.cell(record, column.path())).toList();
        if (!terminal.stdout()) {
            out.print(String.join("\t", row) + "\n");
        } else if (widths.length > 0) {
            out.print(line(row));
        } else {
            waiting.add(row);
            if (waiting.size() == ROWS_TO_MEASURE) {
                flush();
            }
        }
    }

    @Override
    public void finish() {
        if (!waiting.isEmpty()) {
            flush();
        }
    }

    /** Shows what has come so far, for a stream that may pause now. */
    void flush() {
        List<String> titles = columns.stream().map(Column::title).toList();
        widths = new int[columns.size()];
        measure(titles);
        waiting.forEach(this::measure);
        out.print(line(titles));
        waiting.forEach(row -> out.print(line(row)));
        waiting.clear();
    }

    private void measure(List<String> row) {
        for (int column = 0; column < row.size(); column++) {
            widths[column] = Math.max(widths[column], Text.width(row.get(column)));
        }
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        int left = terminal.width();
        for (int column = 0; column < row.size(); column++) {
            boolean last = column == row.size() - 1;
            String cell = last ? Text.cut(row.get(column), Math.max(8, left), terminal.unicode()) : row.get(column);
            String padding = " ".repeat(Math.max(0, widths[column] - Text.width(cell)));
            if (columns.get(column).right()) {
                line.append(padding).append(cell);
            } else {
                line.append(cell).append(last ? "" : padding);
            }
            line.append(last ? "\n" : "  ");
            left -= Math.max(widths[column], Text.width(cell)) + 2;
        }
        return line.toString();
    }
}
