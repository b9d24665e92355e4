package dev.ingestkit.cli.context;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The outside world of one run of the tool; a test passes another one.
 *
 * @param variables environment variables
 * @param workingDirectory the directory that relative paths start from
 * @param home the kit's directory with template, samples and jars; from {@code INGEST_HOME}, else the working directory
 */
public record CliEnvironment(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> variables,
        Terminal terminal,
        Path workingDirectory,
        Path home,
        Clock clock) {

    public CliEnvironment {
        requireNonNull(in, "in");
        requireNonNull(out, "out");
        requireNonNull(err, "err");
        variables = Map.copyOf(variables);
        requireNonNull(terminal, "terminal");
        requireNonNull(workingDirectory, "workingDirectory");
        requireNonNull(home, "home");
        requireNonNull(clock, "clock");
    }

    /** Returns a copy with other variables. */
    CliEnvironment withVariables(Map<String, String> others) {
        return new CliEnvironment(in, out, err, others, terminal, workingDirectory, home, clock);
    }
}
