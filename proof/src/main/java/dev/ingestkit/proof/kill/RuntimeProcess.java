package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A runtime in a process of its own, started by {@code ingest-cli up --data} and ended by a kill. For one thread. */
final class RuntimeProcess implements AutoCloseable {

    private final Settings settings;
    private final int port;
    private @Nullable Process process;

    /**
     * The directories and options of a runtime.
     *
     * @param root the kit's directory with template and archives
     * @param data the data directory
     * @param state the directory in which the runtime registers
     * @param heap the size of the process's heap, as {@code -Xmx} takes it
     * @param options options of {@code up} of every start
     * @param templates options of one start after the other
     */
    record Settings(Path root, Path data, Path state, String heap, List<String> options, TemplateVariants templates) {}

    RuntimeProcess(Settings settings) throws IOException {
        this.settings = requireNonNull(settings, "settings");
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Starts the runtime; returns once it is ready. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heap(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ingestkit.cli.Main",
                "up",
                "-o",
                "ndjson",
                "--port",
                Integer.toString(port),
                "--data",
                settings.data().toString()));
        command.addAll(settings.options());
        command.addAll(settings.templates().next());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        settings.state().resolve("runtime.log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "INGEST_HOME", settings.root().toString(),
                        "INGEST_STATE_DIR", settings.state().toString()));
        Process started = builder.start();
        process = started;
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String ready = lines.readLine();
        if (ready == null) {
            throw new IllegalStateException(
                    "the runtime did not start: see " + settings.state().resolve("runtime.log"));
        }
    }

    /** Kills the process as {@code kill -9} does, and waits for its end. */
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
