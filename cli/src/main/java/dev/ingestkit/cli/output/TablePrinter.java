package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A table. On a terminal: upper-case heads, two blanks between columns, the last column cut at the edge. Rows are shown
 * some hundreds at a time, so that memory does not grow with their number: within these all columns are aligned, and from
 * one lot to the next a column may become wider, never narrower. Piped: tab-separated, nothing cut, no head.
 */
final class TablePrinter implements RecordPrinter {

    /** For a list with an end. */
    static final int MANY = 200;
    /** For a list without: each row is shown as it comes. */
    static final int EACH = 1;

    private static final int TAIL = 8;

    private final PrintStream out;
    private final Terminal terminal;
    private final List<Column> columns;
    private final List<List<String>> waiting = new ArrayList<>();
    private final int lot;
    private int[] widths = new int[0];

    /** @param lot how many rows are held back, to be shown together */
    TablePrinter(PrintStream out, Terminal terminal, List<Column> columns, int lot) {
        this.lot = lot;
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
    }

    @Override
    public void print(JsonNode record) {
        List<String> row = columns.stream().map(column -> cell(record, column)).toList();
        if (!terminal.stdout()) {
            out.print(String.join("\t", row) + "\n");
        } else {
            waiting.add(row);
            if (waiting.size() == lot) {
                flush();
            }
        }
    }

    private String cell(JsonNode record, Column column) {
        String cell = Text.cell(record, column.path());
        boolean cut = terminal.stdout() && column.style() == Column.Style.TAIL && cell.length() > TAIL;
        return cut ? (terminal.unicode() ? "…" : "~") + cell.substring(cell.length() - TAIL) : cell;
    }

    @Override
    public void finish() {
        if (!waiting.isEmpty()) {
            flush();
        }
    }

    /** Shows what has come so far, for a stream that may pause now. */
    void flush() {
        boolean first = widths.length == 0;
        List<String> titles = columns.stream().map(Column::title).toList();
        if (first) {
            widths = new int[columns.size()];
            measure(titles);
        }
        waiting.forEach(this::measure);
        if (first) {
            out.print(line(titles));
        }
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
