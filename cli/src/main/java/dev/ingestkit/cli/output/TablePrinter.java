package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints a table. On a terminal: a header in upper case, two blanks between columns, and text columns cut to the
 * screen's width, the widest first, but never the first column, which names the record, nor a number. Rows are printed
 * in lots of some hundreds, within which the columns are aligned, so that memory does not grow with their number.
 * Piped: tab-separated, nothing cut, no header.
 */
final class TablePrinter implements RecordPrinter {

    /** The lot of a finite list. */
    static final int MANY = 200;
    /** The lot of an endless list: each row is printed as it comes. */
    static final int EACH = 1;

    private static final int GAP = 2;
    /** The minimum width of a text column, unless its title is wider. */
    private static final int MIN_WIDTH = 8;

    private final PrintStream out;
    private final Terminal terminal;
    private final List<Column> columns;
    private final List<List<String>> waiting = new ArrayList<>();
    private final int lot;
    private int[] widths = new int[0];

    /** @param lot the number of rows that are held back and printed together */
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
        return terminal.stdout() ? column.onScreen(cell, terminal.unicode()) : cell;
    }

    @Override
    public void finish() {
        if (!waiting.isEmpty()) {
            flush();
        }
    }

    /** Prints the rows so far, for a stream that may pause now. */
    void flush() {
        boolean first = widths.length == 0;
        List<String> titles = columns.stream().map(Column::title).toList();
        if (first) {
            widths = new int[columns.size()];
            measure(titles);
        }
        waiting.forEach(this::measure);
        int[] fitting = fitting();
        if (first) {
            out.print(line(titles, fitting));
        }
        waiting.forEach(row -> out.print(line(row, fitting)));
        waiting.clear();
    }

    private void measure(List<String> row) {
        for (int column = 0; column < row.size(); column++) {
            widths[column] = Math.max(widths[column], Text.width(row.get(column)));
        }
    }

    private int[] fitting() {
        int[] fitting = widths.clone();
        int over = Arrays.stream(fitting).sum() + GAP * (fitting.length - 1) - terminal.width();
        for (int widest = widestText(fitting); over > 0 && widest >= 0; widest = widestText(fitting)) {
            fitting[widest]--;
            over--;
        }
        return fitting;
    }

    /** Returns the widest column that can be cut further; -1 when there is none. */
    private int widestText(int[] fitting) {
        int widest = -1;
        for (int column = fitting.length == 1 ? 0 : 1; column < fitting.length; column++) {
            int minimum = Math.max(MIN_WIDTH, Text.width(columns.get(column).title()));
            boolean text = columns.get(column).style() == Column.Style.LEFT;
            if (text && fitting[column] > minimum && (widest < 0 || fitting[column] > fitting[widest])) {
                widest = column;
            }
        }
        return widest;
    }

    private String line(List<String> row, int[] fitting) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            boolean last = column == row.size() - 1;
            String cell = Text.cut(row.get(column), fitting[column], terminal.unicode());
            String padding = " ".repeat(Math.max(0, fitting[column] - Text.width(cell)));
            if (columns.get(column).right()) {
                line.append(padding).append(cell);
            } else {
                line.append(cell).append(last ? "" : padding);
            }
            line.append(last ? "\n" : " ".repeat(GAP));
        }
        return line.toString();
    }
}
