package dev.ingestkit.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.target.RunningRuntimes;
import dev.ingestkit.cli.training.SampleEndpoint;
import dev.ingestkit.cli.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each command prints in each format, against an endpoint that always answers the same. Field names are the tool's
 * interface: a difference here is a change that users notice. Run with -Dingest.update=true to write the files.
 */
final class GoldenOutputTest {

    private static final Path FILES =
            Path.of(requireNonNull(System.getProperty("ingest.root"))).resolve("cli/src/test/golden");
    private static final List<String> FORMATS = List.of("table", "json", "ndjson", "yaml", "csv", "name");

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config show --origin",
                "config path",
                "env",
                "status",
                "inspect",
                "inspect order-1",
                "dlq list",
                "tail --steps",
                "inspect --query [].id",
                "status --query counts.stored",
                "inspect --limit -1",
                "status --endpoint-url http://localhost:1"
            })
    void printsInEachFormatWhatItsFileSays(String line) throws IOException {
        StringBuilder all = new StringBuilder();
        try (SampleEndpoint endpoint = SampleEndpoint.start()) {
            new RunningRuntimes(home.resolve("state"))
                    .add(new RunningRuntimes.Entry(
                            endpoint.url(),
                            ProcessHandle.current().pid(),
                            "ingest-kit",
                            "us-east-1",
                            "2026-03-01T11:59:40Z",
                            Training.outputs(endpoint)));
            for (String format : FORMATS) {
                CliRun.Result result = new CliRun(home).run((line + " -o " + format).split(" ", -1));
                all.append("$ ingest-cli %s -o %s\n".formatted(line, format)).append(result.out());
                all.append(result.err().isEmpty() ? "" : "[stderr]\n" + result.err());
                all.append(result.exit() == 0 ? "" : "[exit %d]\n".formatted(result.exit()));
            }
            String text = all.toString()
                    .replace(endpoint.url().toString(), "http://localhost:4566")
                    .replace(home.toString(), "/home/ann");
            Path file = FILES.resolve(line.replaceAll("[^a-z0-9]+", "-") + ".txt");
            if (Boolean.getBoolean("ingest.update")) {
                Files.createDirectories(FILES);
                Files.writeString(file, text);
            }

            assertThat(text).isEqualTo(Files.readString(file));
        }
    }
}
