package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The user's choices for the output.
 *
 * @param format the format of standard output
 * @param query the query to apply to the data; null for none
 * @param quiet whether only errors are printed on standard error
 * @param verbosity 0, 1 (steps) or 2 (requests)
 * @param stacktrace whether errors are printed with their stack trace
 */
public record OutputSettings(
        OutputFormat format, @Nullable JsonQuery query, boolean quiet, int verbosity, boolean stacktrace) {

    public static final OutputSettings DEFAULT = new OutputSettings(OutputFormat.TABLE, null, false, 0, false);

    public OutputSettings {
        requireNonNull(format, "format");
    }
}
