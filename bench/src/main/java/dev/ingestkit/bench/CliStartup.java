package dev.ingestkit.bench;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures how long a user waits for the tool's short commands, from the launcher's start to its exit. The AWS CLI
 * looks up the same item beside it, where it is installed.
 */
public final class CliStartup {

    private static final int RUNS = 9;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");

    private CliStartup() {}

    /** Runs the program; throws when a command fails. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("CliStartup");
        Path java = Path.of(System.getProperty("java.home"));
        try (Pipeline pipeline = Pipeline.start();
                ToolUnderTest tool = ToolUnderTest.prepare(java, CREDENTIALS)) {
            pipeline.submit("looked-up", Load.event("looked-up", 1024));
            if (pipeline.table().await(1, List.of(), TIMEOUT) != 1) {
                throw new IllegalStateException("the event is not stored");
            }
            String endpoint = pipeline.endpoint();
            report.figure("--help s", tool.command("--help").median(RUNS));
            report.figure("version s", tool.command("version").median(RUNS));
            TimedCommand inspect = tool.command("inspect", "looked-up", "--endpoint-url", endpoint);
            report.figure("inspect of one item s", inspect.median(RUNS));
            TimedCommand list = tool.command("dlq", "list", "--endpoint-url", endpoint);
            report.figure("dlq list s", list.median(RUNS));
            if (isInstalled("aws")) {
                report.figure("aws dynamodb get-item s", awsLookUp(pipeline).median(RUNS));
            }
            report.end();
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }

    /** Looks up the same item by the AWS CLI. */
    private static TimedCommand awsLookUp(Pipeline pipeline) {
        return new TimedCommand(
                CREDENTIALS,
                "aws",
                "--endpoint-url",
                pipeline.endpoint(),
                "--region",
                "us-east-1",
                "dynamodb",
                "get-item",
                "--table-name",
                pipeline.table().name(),
                "--key",
                "{\"eventId\":{\"S\":\"looked-up\"},\"part\":{\"N\":\"0\"}}");
    }
}
