package dev.ingestkit.cli;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * All that a run of the tool takes from outside, so that a test can give it another outside.
 *
 * @param variables environment variables
 * @param workingDirectory what relative paths are relative to
 * @param home the kit's folder: template, samples, jars; from {@code INGEST_HOME}, else the working directory
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

    /** The same with other variables. */
    CliEnvironment withVariables(Map<String, String> others) {
        return new CliEnvironment(in, out, err, others, terminal, workingDirectory, home, clock);
    }
}
