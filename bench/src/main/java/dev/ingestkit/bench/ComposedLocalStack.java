package dev.ingestkit.bench;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A LocalStack under measurement, started by the repository's Docker Compose file as a user would start it, with a name
 * and a port of its own. Closing it removes everything that was started. For one thread.
 */
final class ComposedLocalStack implements AutoCloseable {

    private static final String NAME = "ingest-kit-bench";
    private static final long SECONDS = 240;
    private static final double KILOBYTES = 1024;

    private final int port;
    private final Thread end = new Thread(this::remove, "end-of-localstack");

    private ComposedLocalStack(int port) {
        this.port = port;
        Runtime.getRuntime().addShutdownHook(end);
    }

    /**
     * Removes what an earlier run left.
     *
     * @throws IllegalStateException when Docker is not available
     */
    static ComposedLocalStack prepare() throws IOException {
        ComposedLocalStack prepared;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            prepared = new ComposedLocalStack(free.getLocalPort());
        }
        prepared.docker(List.of("info"));
        prepared.remove();
        return prepared;
    }

    /** Runs {@code docker compose up --wait} and returns when it does. */
    Pipeline up() throws IOException {
        docker(List.of("compose", "up", "-d", "--wait"));
        Target target = new Target(
                Target.Kind.LOCALSTACK,
                Optional.of(endpoint()),
                "us-east-1",
                Optional.empty(),
                "ingest-kit",
                "bench",
                Map.of());
        try (AwsClients clients = new AwsClients(target)) {
            StackResources outputs = StackResources.of(clients);
            return Pipeline.at(AwsCalls.object()
                    .put("endpoint", endpoint().toString())
                    .put("submitUrl", outputs.submitUrl().orElseThrow().toString())
                    .put("stream", outputs.streamName())
                    .put("table", outputs.tableName())
                    .put("secretArn", outputs.secretArn()));
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Runs {@code docker compose down}; files that LocalStack has fetched stay. */
    void down() {
        tryDocker(List.of("compose", "down", "--timeout", "3"));
        // Function containers do not belong to Compose, and they hold the network.
        for (String container : containers()) {
            tryDocker(List.of("rm", "-f", container));
        }
        tryDocker(List.of("compose", "down", "--timeout", "3"));
    }

    private void remove() {
        down();
        tryDocker(List.of("compose", "down", "--volumes", "--timeout", "3"));
    }

    /**
     * Returns the resident memory of all processes in LocalStack's container and in those of the functions, in
     * megabytes.
     */
    double residentMegabytes() throws IOException {
        long kilobytes = 0;
        for (String container : containers()) {
            for (String line :
                    docker(List.of("top", container, "-eo", "pid,rss")).split("\n", -1)) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns.length == 2 && columns[1].matches("\\d+")) {
                    kilobytes += Long.parseLong(columns[1]);
                }
            }
        }
        return kilobytes / KILOBYTES;
    }

    private List<String> containers() {
        return tryDocker(List.of("ps", "-aq", "--filter", "network=" + NAME))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private String tryDocker(List<String> arguments) {
        try {
            return docker(arguments);
        } catch (IOException | IllegalStateException nothingThere) {
            return "";
        }
    }

    private String docker(List<String> arguments) throws IOException {
        Path out = Files.createTempFile("docker", ".out");
        Path log = Files.createTempFile("docker", ".err");
        try {
            List<String> command = new ArrayList<>(List.of("docker"));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Pipeline.HOME.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(log.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "COMPOSE_PROJECT_NAME", NAME,
                            "INGEST_CONTAINER", NAME,
                            "INGEST_NETWORK", NAME,
                            "INGEST_PORT", Integer.toString(port)));
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("still running after %d s: %s".formatted(SECONDS, command));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("%s: %s".formatted(command, Files.readString(log)));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(log);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        remove();
    }
}
