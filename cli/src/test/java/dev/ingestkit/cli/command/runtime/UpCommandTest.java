package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts runtimes under bad conditions. */
final class UpCommandTest {

    private static final String TEMPLATE = """
        Resources:
          Orders: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
        """;

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"up", "up --detach"})
    void aStateDirectoryThatCannotBeWrittenIsNamedWithItsRemedy(String command) throws IOException {
        Path template = Files.writeString(home.resolve("template.yaml"), TEMPLATE);
        // A file in the directory's place refuses writers of any rights.
        Path state = Files.writeString(home.resolve("taken"), "").resolve("state");

        CliRun.Result result = new CliRun(home)
                .variable("INGEST_STATE_DIR", state.toString())
                .run(Stream.concat(
                                Stream.of(command.split(" ", -1)),
                                Stream.of("--port", "0", "--template", template.toString()))
                        .toArray(String[]::new));

        assertThat(result.exit()).as(result.err()).isEqualTo(4);
        assertThat(result.err())
                .contains("error: cannot write to the state directory '%s'\n".formatted(state))
                .contains("hint:  choose a directory that can be written: set INGEST_STATE_DIR\n")
                .doesNotContain("something in this tool is broken");
        assertThat(result.out()).isEmpty();
    }
}
