package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

/**
 * One column of a table.
 *
 * @param title as printed, upper case
 * @param path the record's field, with dots for nested ones
 * @param right true for numbers
 */
public record Column(String title, String path, boolean right) {

    public Column {
        requireNonNull(title, "title");
        requireNonNull(path, "path");
    }

    public static Column of(String title, String path) {
        return new Column(title, path, false);
    }

    public static Column number(String title, String path) {
        return new Column(title, path, true);
    }
}
