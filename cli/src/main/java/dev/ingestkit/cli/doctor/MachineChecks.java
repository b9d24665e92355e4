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

/** Looks at what an embedded runtime needs on this machine. */
public final class MachineChecks {

    private static final int OLDEST_JAVA = 17;
    private static final int COMMAND_SECONDS = 5;
    private static final double GIB = 1 << 30;
    private static final double LEAST_MEMORY_GIB = 2;
    private static final double LEAST_DISK_GIB = 1;

    private final Path home;
    private final Path template;
    private final Path state;
    private final Map<String, String> variables;
    private final EndpointProbe probe;
    private final Commands commands;

    /**
     * @param home the kit's folder
     * @param template the template that {@code up} would run
     * @param state where runtimes leave their files
     * @param variables the environment
     * @param probe tells who has a port
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

    /** All of them. */
    public List<Check> all() {
        TemplateChecks templates = new TemplateChecks(template, List.of(home.resolve("core")));
        List<Check> checks = new java.util.ArrayList<>(List.of(machine(), java()));
        checks.addAll(templates.all());
        checks.addAll(List.of(dynamoDb(), state(), port()));
        checks.addAll(new DockerChecks(commands, variables, templates.runtimes()).all());
        return checks;
    }

    private static Check machine() {
        double disk;
        try {
            FileStore store = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")));
            disk = store.getUsableSpace() / GIB;
        } catch (IOException unreadable) {
            return Check.fail("machine", "no temporary folder: " + unreadable.getMessage(), "set java.io.tmpdir");
        }
        // A container's limit where there is one, else what is built in.
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
        if (memory < LEAST_MEMORY_GIB) {
            return Check.warn("machine", found, "2 GB of memory are needed for the runtime and its functions");
        }
        return disk < LEAST_DISK_GIB
                ? Check.warn("machine", found, "make room: 1 GB is needed for unpacked functions and archives")
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
                        "install a JDK, or set JAVA_HOME to one: after a change there is something to build");
    }

    private Check dynamoDb() {
        Path jars = dynamoDbHome(home, variables);
        return Files.isDirectory(jars)
                ? Check.ok("dynamodb-local", jars.toString())
                : Check.fail(
                        "dynamodb-local",
                        "DynamoDB Local is not in " + jars,
                        "fetch it: mvn -f local/dynamodb-local/pom.xml generate-resources");
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
                        state + " cannot be written: other commands will not find a runtime by themselves",
                        "set INGEST_STATE_DIR to a folder of yours");
    }

    private Check port() {
        int port = LocalRuntimeConfig.DEFAULT_PORT;
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Check.ok("port", "port %d is free".formatted(free.getLocalPort()));
        } catch (IOException taken) {
            Optional<Target.Kind> owner = probe.kind(URI.create("http://localhost:" + port));
            return owner.map(kind -> Check.ok(
                            "port",
                            "port %d is that of %s"
                                    .formatted(
                                            port,
                                            kind == Target.Kind.LOCALSTACK
                                                    ? "a LocalStack; a runtime beside it: ingest-cli up --port 0"
                                                    : "an embedded runtime that is up")))
                    .orElseGet(
                            () -> Check.warn(
                                    "port",
                                    "port %d is in use by another program".formatted(port),
                                    "end that one, or take another port: ingest-cli up --port 0, INGEST_PORT=4600 docker compose up"));
        }
    }

    /** Where DynamoDB Local's jars lie. */
    public static Path dynamoDbHome(Path home, Map<String, String> variables) {
        String set = variables.getOrDefault("INGEST_DYNAMODB_HOME", "");
        return set.isEmpty() ? home.resolve("local/dynamodb-local/target/lib") : Path.of(set);
    }
}
