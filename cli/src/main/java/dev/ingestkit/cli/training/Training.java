package dev.ingestkit.cli.training;

import dev.ingestkit.cli.IngestCli;
import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.output.Terminal;
import dev.ingestkit.local.TableServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the interactive commands once each. The launcher archives the classes that they load. */
public final class Training {

    /** The command lines, which all succeed against {@link SampleEndpoint}. */
    static final List<String> LINES = List.of(
            "--help",
            "--version",
            "version",
            "help environment",
            "config show --origin",
            "env",
            "credentials",
            "status",
            "status -o json --query counts",
            "inspect",
            "inspect order-1",
            "inspect order-1 --payload",
            "inspect -o ndjson",
            "dlq list",
            "dlq list -o json",
            "dlq list -o yaml",
            "dlq list --help",
            "dlq show 00000000-0000-4000-8000-000000000002",
            "trace order-1",
            "tail --steps",
            "send --help");

    private Training() {}

    /** Exits with 1 when a command fails, after running all of them. */
    public static void main(String[] arguments) throws Exception {
        // The process's entry point is part of every run, but is not run here.
        Class.forName("dev.ingestkit.cli.Main");
        System.exit(run().isEmpty() ? 0 : 1);
    }

    /** Runs all command lines; returns the failed ones. */
    static List<String> run() throws IOException {
        Path home = Files.createTempDirectory("ingest-training");
        List<String> failed = new ArrayList<>();
        try (SampleEndpoint endpoint = SampleEndpoint.start()) {
            // First a target whose outputs must be read, then a registered one.
            run(home, Map.of("INGEST_ENDPOINT_URL", endpoint.url().toString()), "env", failed);
            new RunningRuntimes(home)
                    .add(new RunningRuntimes.Entry(
                            endpoint.url(),
                            ProcessHandle.current().pid(),
                            "ingest-kit",
                            "us-east-1",
                            "2026-03-01T11:59:40Z",
                            outputs(endpoint)));
            for (String line : LINES) {
                run(home, Map.of(), line, failed);
            }
            serveTable(failed);
        } finally {
            delete(home);
        }
        return failed;
    }

    /** Starts the server of {@code ingest-cli table}, whose command ends only by a signal, and calls it once. */
    private static void serveTable(List<String> failed) throws IOException {
        try (TableServer server = TableServer.start(0, "us-east-1", null)) {
            HttpURLConnection call =
                    (HttpURLConnection) server.endpoint().toURL().openConnection();
            call.setRequestProperty("X-Amz-Target", "DynamoDB_20120810.ListTables");
            call.setDoOutput(true);
            call.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
            if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
                failed.add("table: status " + call.getResponseCode());
            }
            call.disconnect();
        }
    }

    private static void run(Path home, Map<String, String> variables, String line, List<String> failed) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("INGEST_STATE_DIR", home.toString());
        all.put("XDG_CONFIG_HOME", home.toString());
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        CliEnvironment environment = new CliEnvironment(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                all,
                Terminal.of(all, StandardCharsets.UTF_8),
                home,
                home,
                Clock.system(ZoneId.systemDefault()));
        if (IngestCli.run(environment, line.split(" ", -1)) != 0) {
            failed.add(line + ": " + errors.toString(StandardCharsets.UTF_8));
        }
    }

    /** Returns the outputs of the sample stack. */
    public static Map<String, String> outputs(SampleEndpoint endpoint) {
        String url = endpoint.url().toString();
        return Map.of(
                "SubmitUrl", url + "/_aws/execute-api/ingest-kit/v1/submit",
                "StreamName", "ingest-kit-events",
                "TableName", "ingest-kit-Table",
                "DeadLetterQueueArn", "arn:aws:sqs:us-east-1:000000000000:ingest-kit-DeadLetterQueue",
                "DeadLetterQueueUrl", url + "/queue/us-east-1/000000000000/ingest-kit-DeadLetterQueue",
                "SecretArn", "arn:aws:secretsmanager:us-east-1:000000000000:secret:ingest-kit-Credentials-sample",
                "WriterFunctionName", "ingest-kit-Writer");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
