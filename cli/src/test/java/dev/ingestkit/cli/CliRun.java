package dev.ingestkit.cli;

import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Runs the tool like the process does, and captures its streams. */
public final class CliRun {

    /** Where the tool looks for LocalStack. Nothing listens there, whatever runs on this machine. */
    public static final String UNUSED_PORT = "1";

    private final Map<String, String> variables = new HashMap<>();
    private final Path home;
    private Terminal terminal = Terminal.none();
    private String typed = "";

    /** @param home an empty directory for the tool's state between runs */
    public CliRun(Path home) {
        this.home = home;
        variables.put("INGEST_STATE_DIR", home.resolve("state").toString());
        variables.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        variables.put("INGEST_PORT", UNUSED_PORT);
    }

    /** The result of a run. */
    public record Result(int exit, String out, String err) {}

    public CliRun variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public CliRun withoutVariable(String name) {
        variables.remove(name);
        return this;
    }

    public CliRun terminal(Terminal value) {
        terminal = value;
        return this;
    }

    /** Sets the content of standard input. */
    public CliRun typing(String text) {
        typed = text;
        return this;
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliEnvironment environment = new CliEnvironment(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables,
                terminal,
                home,
                home,
                Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));
        int exit = IngestCli.run(environment, arguments);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
