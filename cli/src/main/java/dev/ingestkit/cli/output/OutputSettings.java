package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How the user wants to be answered.
 *
 * @param format of standard output
 * @param query applied to the data before it is written; null for none
 * @param quiet true mutes everything on standard error but errors
 * @param verbosity 0, 1 (what it does) or 2 (requests)
 * @param stacktrace true shows where an error came from
 */
public record OutputSettings(
        OutputFormat format, @Nullable JsonQuery query, boolean quiet, int verbosity, boolean stacktrace) {

    public static final OutputSettings DEFAULT = new OutputSettings(OutputFormat.TABLE, null, false, 0, false);

    public OutputSettings {
        requireNonNull(format, "format");
    }
}
