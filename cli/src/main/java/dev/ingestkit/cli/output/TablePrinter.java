package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints a table. On a terminal: a header in upper case, two blanks between columns, and text columns cut to the
 * screen's width, the widest first, but never the first column, which names the record, nor a number or a word.
 * Optional columns are left out when they hold nothing and when the line is too narrow: first those of minor use, while
 * a text would be cut to a few words, then others, each from the last one on. Rows are printed in lots of some hundreds,
 * within which the columns are aligned, so that memory does not grow with their number. Piped: tab-separated, nothing cut
 * or left out, no header.
 */
final class TablePrinter implements RecordPrinter {

    /** The lot of a finite list. */
    static final int MANY = 200;
    /** The lot of an endless list: each row is printed as it comes. */
    static final int EACH = 1;

    private static final int GAP = 2;
    /** The minimum width of a text column, unless its title is wider. */
    private static final int MIN_WIDTH = 8;
    /** The width of a text, if it has as many characters, before columns of minor use are shown. */
    private static final int READABLE_WIDTH = 40;

    private static final int SHORT_ID = 8;
    private static final String EMPTY = "-";

    private final PrintStream out;
    private final Terminal terminal;
    private final Clock clock;
    private final List<Column> all;
    private final int lot;
    private final List<List<String>> waiting = new ArrayList<>();
    /** The indexes of the columns that are shown; decided by the first lot. */
    private List<Integer> shown = List.of();

    private int[] widths = new int[0];

    /**
     * Creates a printer.
     *
     * @param clock the clock by which distances of time are shown
     * @param lot the number of rows that are held back and printed together
     */
    TablePrinter(PrintStream out, Terminal terminal, Clock clock, List<Column> columns, int lot) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.all = columns;
        this.lot = lot;
    }

    @Override
    public void print(JsonNode record) {
        List<String> row = all.stream().map(column -> cell(record, column)).toList();
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
        return terminal.stdout() ? column.onScreen(cell, terminal.unicode(), clock.instant()) : cell;
    }

    @Override
    public void finish() {
        if (!waiting.isEmpty()) {
            flush();
        }
    }

    /** Prints the rows so far, for a stream that may pause now. */
    void flush() {
        shortenIds();
        boolean first = widths.length == 0;
        if (first) {
            widths = new int[all.size()];
            measure(all.stream().map(Column::title).toList());
            shown = useful();
        }
        waiting.forEach(this::measure);
        if (first) {
            leaveOutWhatDoesNotFit();
        }
        int[] fitting = fitting();
        if (first) {
            out.print(line(all.stream().map(Column::title).toList(), fitting));
        }
        waiting.forEach(row -> out.print(line(row, fitting)));
        waiting.clear();
    }

    /** Cuts UUIDs to beginnings that differ. */
    private void shortenIds() {
        for (int column = 0; column < all.size(); column++) {
            if (all.get(column).style() == Column.Style.ID) {
                shorten(column);
            }
        }
    }

    private void shorten(int column) {
        int length = SHORT_ID;
        while (length < 36 && beginnings(column, length) < beginnings(column, 36)) {
            length++;
        }
        for (int row = 0; row < waiting.size(); row++) {
            List<String> cells = new ArrayList<>(waiting.get(row));
            String id = cells.get(column);
            cells.set(column, id.length() == 36 ? id.substring(0, length) : id);
            waiting.set(row, cells);
        }
    }

    private long beginnings(int column, int length) {
        return waiting.stream()
                .map(row -> row.get(column))
                .map(id -> id.substring(0, Math.min(length, id.length())))
                .distinct()
                .count();
    }

    private List<Integer> useful() {
        List<Integer> useful = new ArrayList<>();
        for (int column = 0; column < all.size(); column++) {
            int index = column;
            List<String> values =
                    waiting.stream().map(row -> row.get(index)).distinct().toList();
            boolean tells = values.size() > 1 || (waiting.size() == 1 && !values.equals(List.of(EMPTY)));
            if (!all.get(column).optional() || lot == EACH || tells) {
                useful.add(column);
            }
        }
        return useful;
    }

    private void leaveOutWhatDoesNotFit() {
        leaveOut(Column.Presence.IF_ROOM, READABLE_WIDTH);
        leaveOut(Column.Presence.IF_USEFUL, MIN_WIDTH);
    }

    /** Leaves out columns, from the last one on, until the others fit with texts of a width. */
    private void leaveOut(Column.Presence presence, int textWidth) {
        List<Integer> left = new ArrayList<>(shown);
        for (int at = left.size() - 1; at > 0 && leastWidth(left, textWidth) > terminal.width(); at--) {
            if (all.get(left.get(at)).presence() == presence) {
                left.remove(at);
            }
        }
        shown = left;
    }

    private int leastWidth(List<Integer> columns, int textWidth) {
        int width = GAP * (columns.size() - 1);
        for (int column : columns) {
            boolean cut = column != 0 && isCuttable(column);
            width += cut ? Math.min(widths[column], Math.max(textWidth, minimum(column))) : widths[column];
        }
        return width;
    }

    private boolean isCuttable(int column) {
        return all.get(column).style() == Column.Style.LEFT;
    }

    private int minimum(int column) {
        return Math.max(MIN_WIDTH, Text.width(all.get(column).title()));
    }

    private void measure(List<String> row) {
        for (int column = 0; column < row.size(); column++) {
            widths[column] = Math.max(widths[column], Text.width(row.get(column)));
        }
    }

    private int[] fitting() {
        int[] fitting = widths.clone();
        int over =
                shown.stream().mapToInt(column -> fitting[column]).sum() + GAP * (shown.size() - 1) - terminal.width();
        for (int widest = widestText(fitting); over > 0 && widest >= 0; widest = widestText(fitting)) {
            fitting[widest]--;
            over--;
        }
        return fitting;
    }

    /** Returns the widest column that can be cut further; -1 when there is none. */
    private int widestText(int[] fitting) {
        int widest = -1;
        for (int column : shown) {
            boolean names = column == 0 && shown.size() > 1;
            if (!names
                    && isCuttable(column)
                    && fitting[column] > minimum(column)
                    && (widest < 0 || fitting[column] > fitting[widest])) {
                widest = column;
            }
        }
        return widest;
    }

    private String line(List<String> row, int[] fitting) {
        StringBuilder line = new StringBuilder();
        int last = shown.get(shown.size() - 1);
        for (int column : shown) {
            String cell = Text.cut(row.get(column), fitting[column], terminal.unicode());
            String padding = " ".repeat(Math.max(0, fitting[column] - Text.width(cell)));
            if (all.get(column).right()) {
                line.append(padding).append(cell);
            } else {
                line.append(cell).append(column == last ? "" : padding);
            }
            line.append(column == last ? "\n" : " ".repeat(GAP));
        }
        return line.toString();
    }
}
