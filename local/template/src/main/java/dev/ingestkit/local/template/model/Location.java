package dev.ingestkit.local.template.model;

import static java.util.Objects.requireNonNull;

/**
 * A position in a template.
 *
 * @param file the file's name as the user gave it
 * @param line from 1
 * @param column from 1
 * @param path the path through the document, {@code Resources.Stream.Properties.ShardCount}; empty for the root
 */
public record Location(String file, int line, int column, String path) {

    public Location {
        requireNonNull(file, "file");
        requireNonNull(path, "path");
    }

    public Location child(String key) {
        return new Location(file, line, column, path.isEmpty() ? key : path + "." + key);
    }

    /** Returns {@code file:line:column}, which editors and terminals turn into a link. */
    @Override
    public String toString() {
        return "%s:%d:%d".formatted(file, line, column);
    }
}
