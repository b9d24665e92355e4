package dev.ingestkit.contract;

import dev.ingestkit.cli.IngestCli;
import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Runs the tool in this process with captured streams and a state directory of its own. */
final class Tool {

    private final Path state;
    private final Map<String, String> variables = new HashMap<>();

    Tool(Path state) {
        this.state = state;
        variables.put("INGEST_STATE_DIR", state.toString());
        variables.put("XDG_CONFIG_HOME", state.toString());
    }

    Tool variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** The output and exit code of one command. */
    record Result(int exit, String out, String err) {}

    Result run(String... arguments) {
        return run("", arguments);
    }

    /** Runs a command with text on standard input. */
    Result run(String input, String[] arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliEnvironment environment = new CliEnvironment(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables,
                Terminal.none(),
                state,
                EmbeddedStack.root(),
                Clock.systemUTC());
        int exit = IngestCli.run(environment, arguments);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
