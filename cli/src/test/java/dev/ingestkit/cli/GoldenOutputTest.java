package dev.ingestkit.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.training.SampleEndpoint;
import dev.ingestkit.cli.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The output of each command in each format, against an endpoint with constant answers. Field names are the tool's
 * interface: a difference is a change that users notice. Run with -Dingest.update=true to write the files.
 */
final class GoldenOutputTest {

    private static final Path FILES =
            Path.of(requireNonNull(System.getProperty("ingest.root"))).resolve("cli/src/test/golden");
    private static final List<String> FORMATS = List.of("table", "json", "ndjson", "yaml", "csv", "name");

    /** Writes the ledger of the endpoint's events and of one that is missing there. */
    private static final String LEDGER = """
        {"number":0,"id":"order-1","sha256":"e62806f7653286b3e6af9b0b1f46adbba7615ac5dd7ef3f4ae8e0f94c190b20e",\
        "status":200,"time":"2026-03-01T11:59:50.100Z"}
        {"number":1,"id":"order-2","sha256":"ef63c915fc28e28d23c6e98cb163a18c93775a51d7533154e17a09af7c4f235a",\
        "status":200,"time":"2026-03-01T11:59:51.200Z"}
        {"number":2,"id":"order-4","sha256":"a3410162aaf0bcd37c3190f07bb43431babf82f69a550845deb495d07162bae4",\
        "status":200,"time":"2026-03-01T11:59:53.400Z"}
        {"number":3,"id":"order-9","sha256":"0000000000000000000000000000000000000000000000000000000000000000",\
        "status":200,"time":"2026-03-01T11:59:59.000Z"}
        """;

    @TempDir
    Path home;

    @BeforeEach
    void writeLedger() throws IOException {
        Files.writeString(home.resolve("run.ledger"), LEDGER);
    }

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
                "dlq show 00000000-0000-4000-8000-000000000001",
                "dlq show 00000000-0000-4000-8000-000000000002",
                "dlq redrive --dry-run",
                "fixtures list",
                "plan --rate 2000 --size 4KB",
                "send --data {\"total\":1} --id order-7",
                "tail",
                "tail --steps",
                "trace order-1",
                "verify --ledger run.ledger",
                "wait --for stored --id order-1",
                "replay order-1",
                "faults list",
                "doctor --no-probe --query [0].keys(@)",
                "inspect --query [].id",
                "status --query counts.stored",
                "inspect --limit -1",
                "status --endpoint-url http://localhost:1"
            })
    void outputMatchesItsGoldenFileInEveryFormat(String line) throws IOException {
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
                CliRun.Result result =
                        new CliRun(home).withoutVariable("INGEST_PORT").run((line + " -o " + format).split(" ", -1));
                all.append("$ ingest-cli %s -o %s\n".formatted(line, format)).append(result.out());
                all.append(result.err().isEmpty() ? "" : "[stderr]\n" + result.err());
                all.append(result.exit() == 0 ? "" : "[exit %d]\n".formatted(result.exit()));
            }
            String text = all.toString()
                    .replace(endpoint.url().toString(), "http://localhost:4566")
                    .replace(home.toString(), "/home/ann");
            if (line.matches("(send|replay|wait) .*")) {
                text = withoutTimes(text);
            }
            if (line.startsWith("doctor ")) {
                // The failing checks depend on the machine.
                text = text.replaceAll("failed: [a-z, -]+", "failed: ...");
            }
            Path file = FILES.resolve(
                    line.replace("00000000-0000-4000-8000-00000000000", "").replaceAll("[^a-z0-9]+", "-") + ".txt");
            if (Boolean.getBoolean("ingest.update")) {
                Files.createDirectories(FILES);
                Files.writeString(file, text);
            }

            assertThat(text).isEqualTo(Files.readString(file));
        }
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d+\\.\\d+", "0.0")
                .replaceAll("\\d+/s", "0/s")
                .replaceAll("(?i)(millis\"? *:? *)\\d+\\b(?!\\.)", "$10")
                .replaceAll("(order-1,stored,)\\d+", "$10");
    }
}
