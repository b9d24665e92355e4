package dev.ingestkit.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a user waits for the tool's short commands, from the launcher's start to its end; beside it the AWS CLI looking
 * up the same item, where one is installed.
 */
public final class CliStartup {

    private static final int RUNS = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private CliStartup() {}

    /** Ends with an exception when a command fails. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("CliStartup");
        String tool = Pipeline.HOME.resolve("ingest-cli").toString();
        try (Pipeline pipeline = Pipeline.start()) {
            pipeline.submit("looked-up", Load.event("looked-up", 1024));
            if (pipeline.table().await(1, List.of(), PATIENCE) != 1) {
                throw new IllegalStateException("the event is not stored");
            }
            String endpoint = pipeline.endpoint();
            report.figure("--help s", median(tool, "--help"));
            report.figure("version s", median(tool, "version"));
            report.figure("inspect of one item s", median(tool, "inspect", "looked-up", "--endpoint-url", endpoint));
            report.figure("dlq list s", median(tool, "dlq", "list", "--endpoint-url", endpoint));
            if (isInstalled("aws")) {
                String key = "{\"eventId\":{\"S\":\"looked-up\"},\"part\":{\"N\":\"0\"}}";
                report.figure(
                        "aws dynamodb get-item s",
                        median(
                                "aws",
                                "--endpoint-url",
                                endpoint,
                                "--region",
                                "us-east-1",
                                "dynamodb",
                                "get-item",
                                "--table-name",
                                pipeline.table().name(),
                                "--key",
                                key));
            }
            report.end();
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }

    private static double median(String... command) throws IOException, InterruptedException {
        run(command);
        List<Double> times = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            times.add(run(command));
        }
        times.sort(null);
        return times.get(RUNS / 2);
    }

    private static double run(String... command) throws IOException, InterruptedException {
        File out = Pipeline.HOME.resolve("bench/target/command.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out)
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"));
        long began = System.nanoTime();
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (!ended || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException("%s failed: %s"
                    .formatted(List.of(command), java.nio.file.Files.readString(out.toPath(), StandardCharsets.UTF_8)));
        }
        return seconds;
    }
}
