package dev.ingestkit.cli.output;

import java.util.Locale;

/** How data is written to standard output. */
public enum OutputFormat {
    /** Aligned columns on a terminal, tab-separated and uncut when piped. */
    TABLE,
    /** One document: an array of records, or one object. One object a line for streams without end. */
    JSON,
    /** One JSON object a line. */
    NDJSON,
    YAML,
    CSV,
    /** The first column only, one a line, for {@code xargs}. */
    NAME;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
