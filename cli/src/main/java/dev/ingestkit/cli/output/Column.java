package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One column of a table.
 *
 * @param title the printed title, in upper case
 * @param path the record's field, with dots for nested fields; empty for the whole record
 * @param style the style on a terminal
 */
public record Column(String title, String path, Style style) {

    /** The style of a column on a terminal. Elsewhere all columns are printed whole and separated by tabs. */
    public enum Style {
        LEFT,
        /** One of a few words; never cut. */
        WORD,
        /** Aligned to the right, for numbers. */
        RIGHT,
        /** Only the end, for long numbers that differ there. */
        TAIL,
        /** An instant without year and fractions: {@code 03-01T11:59:50Z}. */
        TIME
    }

    private static final int TAIL = 8;
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-(\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?Z");

    public Column {
        requireNonNull(title, "title");
        requireNonNull(path, "path");
        requireNonNull(style, "style");
    }

    /** Returns a column of text. */
    public static Column of(String title, String path) {
        return new Column(title, path, Style.LEFT);
    }

    /** Returns a column of words that are never cut. */
    public static Column word(String title, String path) {
        return new Column(title, path, Style.WORD);
    }

    /** Returns a column of numbers. */
    public static Column number(String title, String path) {
        return new Column(title, path, Style.RIGHT);
    }

    /** Returns a column that shows only the ends of long numbers. */
    public static Column tail(String title, String path) {
        return new Column(title, path, Style.TAIL);
    }

    /** Returns a column of instants. */
    public static Column time(String title, String path) {
        return new Column(title, path, Style.TIME);
    }

    /** Returns a cell's text as a terminal shows it. */
    String onScreen(String cell, boolean unicode) {
        return switch (style) {
            case LEFT, WORD, RIGHT -> cell;
            case TAIL -> cell.length() > TAIL ? (unicode ? "…" : "~") + cell.substring(cell.length() - TAIL) : cell;
            case TIME -> INSTANT.matcher(cell).replaceFirst("$1Z");
        };
    }

    boolean right() {
        return style == Style.RIGHT;
    }
}
