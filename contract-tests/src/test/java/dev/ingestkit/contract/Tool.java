package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the tool in this process with captured streams and a state directory of its own. */
final class Tool {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path state;
    private final Map<String, String> variables = new HashMap<>();
    private List<String> target = List.of();

    Tool(Path state) {
        this.state = state;
        variables.put("INGEST_STATE_DIR", state.toString());
        variables.put("XDG_CONFIG_HOME", state.toString());
    }

    Tool variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Adds options that name the target to the end of each command. */
    Tool target(String... options) {
        target = List.of(options);
        return this;
    }

    /** The output and exit code of one command. */
    record Result(int exit, String out, String err) {

        /** Returns the JSON that the command has printed; fails if the command has. */
        JsonNode json() {
            assertThat(exit).as(err).isZero();
            try {
                return MAPPER.readTree(out);
            } catch (JsonProcessingException malformed) {
                throw new AssertionError(out, malformed);
            }
        }
    }

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
        int exit = IngestCli.run(
                environment,
                Stream.concat(Stream.of(arguments), target.stream()).toArray(String[]::new));
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
