package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.EndpointProbe;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks the requirements of an embedded runtime on this machine. */
public final class MachineChecks {

    private static final int OLDEST_JAVA = 17;
    private static final int COMMAND_SECONDS = 5;
    private static final int MAX_PORT = 65_535;
    private static final double GIB = 1 << 30;
    private static final double MIN_MEMORY_GIB = 2;
    private static final double MIN_DISK_GIB = 1;

    private final Path home;
    private final Path template;
    private final Path state;
    private final Map<String, String> variables;
    private final EndpointProbe probe;
    private final Commands commands;

    /**
     * Creates the checks of this machine.
     *
     * @param home the kit's directory
     * @param template the template that {@code up} would run
     * @param state the directory in which runtimes register
     * @param variables the environment
     * @param probe finds out which endpoint uses a port
     */
    public MachineChecks(Path home, Path template, Path state, Map<String, String> variables, EndpointProbe probe) {
        this(home, template, state, variables, probe, Commands.processes(COMMAND_SECONDS));
    }

    MachineChecks(
            Path home,
            Path template,
            Path state,
            Map<String, String> variables,
            EndpointProbe probe,
            Commands commands) {
        this.home = requireNonNull(home, "home");
        this.template = requireNonNull(template, "template");
        this.state = requireNonNull(state, "state");
        this.variables = Map.copyOf(variables);
        this.probe = requireNonNull(probe, "probe");
        this.commands = requireNonNull(commands, "commands");
    }

    /** Runs all checks. */
    public List<Check> all() {
        TemplateChecks templates = new TemplateChecks(template, List.of(home.resolve("core")));
        List<Check> checks = new java.util.ArrayList<>(List.of(machine(), java()));
        checks.addAll(templates.all());
        checks.addAll(List.of(state(), port()));
        checks.addAll(new DockerChecks(commands, variables, templates.runtimes()).all());
        return checks;
    }

    private static Check machine() {
        double disk;
        try {
            FileStore store = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")));
            disk = store.getUsableSpace() / GIB;
        } catch (IOException unreadable) {
            return Check.fail(
                    "machine", "no usable temporary directory: " + unreadable.getMessage(), "set java.io.tmpdir");
        }
        // The container's limit if there is one, otherwise the machine's memory.
        double memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean all
                        ? all.getTotalMemorySize() / GIB
                        : Double.NaN;
        String found = String.format(
                Locale.ROOT,
                "%s %s, %d processors, %.1f GB memory, %.1f GB free in %s",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                memory,
                disk,
                System.getProperty("java.io.tmpdir"));
        if (memory < MIN_MEMORY_GIB) {
            return Check.warn("machine", found, "provide 2 GB of memory for the runtime and its functions");
        }
        return disk < MIN_DISK_GIB
                ? Check.warn("machine", found, "free 1 GB of disk space for unpacked functions and archives")
                : Check.ok("machine", found);
    }

    private static Check java() {
        String version = System.getProperty("java.version", "?");
        String folder = System.getProperty("java.home", "?");
        if (Runtime.version().feature() < OLDEST_JAVA) {
            return Check.fail("java", "Java " + version + " is too old", "install a JDK 17 or newer");
        }
        return Files.exists(Path.of(folder, "bin", "javac")) || Files.exists(Path.of(folder, "bin", "javac.exe"))
                ? Check.ok("java", "Java " + version + " in " + folder)
                : Check.warn(
                        "java",
                        "Java %s in %s has no compiler".formatted(version, folder),
                        "install a JDK, or set JAVA_HOME to one: the launcher builds after a change");
    }

    private Check state() {
        Path existing = state;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.isWritable(existing)
                ? Check.ok("state", state.toString())
                : Check.warn(
                        "state",
                        state + " is not writable, so other commands will not find a running runtime",
                        "set INGEST_STATE_DIR to a writable directory");
    }

    /** Returns the port that {@code up} would take; what is not a port, {@code up} itself rejects. */
    private int wantedPort() {
        String set = variables.getOrDefault("INGEST_PORT", "");
        return set.matches("\\d{1,5}") && Integer.parseInt(set) <= MAX_PORT
                ? Integer.parseInt(set)
                : LocalRuntimeConfig.DEFAULT_PORT;
    }

    private Check port() {
        int port = wantedPort();
        if (port == 0) {
            return Check.ok("port", "a runtime takes any free port");
        }
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Check.ok("port", "port %d is free".formatted(free.getLocalPort()));
        } catch (IOException taken) {
            Optional<Target.Kind> owner = probe.kind(URI.create("http://localhost:" + port));
            return owner.map(kind -> Check.ok(
                            "port",
                            "port %d belongs to %s"
                                    .formatted(
                                            port,
                                            kind == Target.Kind.LOCALSTACK
                                                    ? "a LocalStack; to start a runtime beside it: ingest-cli up --port 0"
                                                    : "a running embedded runtime")))
                    .orElseGet(
                            () -> Check.warn(
                                    "port",
                                    "port %d is in use by another program".formatted(port),
                                    "stop that program, or use another port: ingest-cli up --port 0, INGEST_PORT=4600 docker compose up"));
        }
    }
}
