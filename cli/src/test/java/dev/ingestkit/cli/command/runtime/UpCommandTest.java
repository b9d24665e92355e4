package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.CliRun;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.ResourceNames;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputSettings;
import dev.ingestkit.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    @Test
    void aChoiceLeftOverFromAnotherStackIsAWarning() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Output output = new Output(stream, stream, Terminal.none(), OutputSettings.DEFAULT, Clock.systemUTC());
        RuntimeReport report = new RuntimeReport(
                "http://localhost:4566",
                new RuntimeReport.Names("", "other", "", "", "", ""),
                "us-east-1",
                1,
                new RuntimeReport.All(List.of(), List.of(), List.of(), List.of(), List.of(), ""),
                List.of(),
                List.of(),
                List.of());
        ResourceNames chosen = ResourceNames.none().or(ResourceKind.STREAM, Optional.of("Orders"), "INGEST_STREAM");

        RuntimeReport read = UpCommand.read(output, chosen, names -> {
            if (names == chosen) {
                throw new CliException(
                                "STREAM_NOT_FOUND",
                                ExitCode.ENVIRONMENT,
                                "INGEST_STREAM: stack 'other' has no stream 'Orders'")
                        .hint("unset it");
            }
            return report;
        });

        assertThat(read).isSameAs(report);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("warning: INGEST_STREAM: stack 'other' has no stream 'Orders'\nhint:  unset it\n");
    }
}
