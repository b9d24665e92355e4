package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One column of a table.
 *
 * @param title as printed, upper case
 * @param path the record's field, with dots for nested ones
 * @param style how it looks on a terminal
 */
public record Column(String title, String path, Style style) {

    /** How a column looks on a terminal. Elsewhere all are the same: whole, separated by tabs. */
    public enum Style {
        LEFT,
        /** One of a few words, which is never cut. */
        WORD,
        /** Flush right, for numbers. */
        RIGHT,
        /** The end only, for long numbers of which that is what differs. */
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

    public static Column of(String title, String path) {
        return new Column(title, path, Style.LEFT);
    }

    public static Column word(String title, String path) {
        return new Column(title, path, Style.WORD);
    }

    public static Column number(String title, String path) {
        return new Column(title, path, Style.RIGHT);
    }

    public static Column tail(String title, String path) {
        return new Column(title, path, Style.TAIL);
    }

    public static Column time(String title, String path) {
        return new Column(title, path, Style.TIME);
    }

    /** A cell's text as a terminal shows it. */
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
