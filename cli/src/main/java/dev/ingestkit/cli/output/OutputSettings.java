package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user's choices for the output.
 *
 * @param format the format of standard output
 * @param query the query to apply to the data; null for none
 * @param quiet whether only errors are printed on standard error
 * @param verbosity 0, 1 (steps) or 2 (requests)
 * @param stacktrace whether errors are printed with their stack trace
 * @param program the word that starts the tool in the user's shell: {@code ingest-cli} or {@code ./ingest-cli}
 */
public record OutputSettings(
        OutputFormat format,
        @Nullable JsonQuery query,
        boolean quiet,
        int verbosity,
        boolean stacktrace,
        String program) {

    /** The tool's name, as it is called when it is on the search path. */
    public static final String PROGRAM = "ingest-cli";

    private static final Pattern CALL = Pattern.compile("\\bingest-cli(?= [a-z-])");

    public static final OutputSettings DEFAULT = new OutputSettings(OutputFormat.TABLE, null, false, 0, false, PROGRAM);

    public OutputSettings {
        requireNonNull(format, "format");
        requireNonNull(program, "program");
    }

    /** Returns a text in which command lines of the tool begin with the word by which this run was called. */
    public String runnable(String text) {
        return program.equals(PROGRAM) ? text : CALL.matcher(text).replaceAll(Matcher.quoteReplacement(program));
    }
}
