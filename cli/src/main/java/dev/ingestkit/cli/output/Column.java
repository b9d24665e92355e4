package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

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
        /** Flush right, for numbers. */
        RIGHT,
        /** The end only, for long numbers of which that is what differs. */
        TAIL
    }

    public Column {
        requireNonNull(title, "title");
        requireNonNull(path, "path");
        requireNonNull(style, "style");
    }

    public static Column of(String title, String path) {
        return new Column(title, path, Style.LEFT);
    }

    public static Column number(String title, String path) {
        return new Column(title, path, Style.RIGHT);
    }

    public static Column tail(String title, String path) {
        return new Column(title, path, Style.TAIL);
    }

    boolean right() {
        return style == Style.RIGHT;
    }
}
