package dev.ingestkit.cli.output;

import java.util.Locale;

/** The formats of data on standard output. */
public enum OutputFormat {
    /** Aligned columns on a terminal, tab-separated and uncut when piped. */
    TABLE,
    /** One document: an array of records, or one object; one object per line for endless streams. */
    JSON,
    /** One JSON object per line. */
    NDJSON,
    YAML,
    CSV,
    /** The first column only, one value per line, for {@code xargs}. */
    NAME;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
