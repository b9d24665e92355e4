package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The registry of this user's embedded runtimes on this machine: each keeps a file with its endpoint, process and
 * outputs while it runs. A file whose process is gone stems from a crash and is removed. Safe across threads and
 * processes, because files appear by an atomic move.
 */
public final class RunningRuntimes {

    private static final ObjectMapper MAPPER = Json.mapper();
    private static final Pattern FILE = Pattern.compile("runtime-\\d+\\.json");

    private final Path folder;

    /** Creates the registry in a directory, which need not exist yet. */
    public RunningRuntimes(Path folder) {
        this.folder = requireNonNull(folder, "folder");
    }

    /**
     * Returns the user's registry, in {@code INGEST_STATE_DIR}, below {@code XDG_STATE_HOME} or below the home
     * directory.
     */
    public static RunningRuntimes of(Map<String, String> environment) {
        String own = environment.getOrDefault("INGEST_STATE_DIR", "");
        if (!own.isEmpty()) {
            return new RunningRuntimes(Path.of(own));
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = state.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".local", "state")
                : Path.of(state);
        return new RunningRuntimes(base.resolve("ingest-kit"));
    }

    /**
     * One running runtime.
     *
     * @param outputs the stack's outputs
     * @param warnings the parts of the template that are not run, one line each
     */
    public record Entry(
            URI endpoint,
            long pid,
            String stack,
            String region,
            String startedAt,
            Map<String, String> outputs,
            List<String> warnings) {

        public Entry {
            warnings = List.copyOf(warnings);
        }

        /** Creates an entry of a runtime that runs all of its template. */
        public Entry(
                URI endpoint, long pid, String stack, String region, String startedAt, Map<String, String> outputs) {
            this(endpoint, pid, stack, region, startedAt, outputs, List.of());
        }

        /** Returns the port that the runtime listens on. */
        public int port() {
            return endpoint.getPort();
        }
    }

    /** Returns the directory of the files, which may not exist yet. */
    public Path folder() {
        return folder;
    }

    /** Returns the running runtimes, sorted by port. */
    public List<Entry> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(RunningRuntimes::isOwn).toList()) {
                read(file).ifPresent(entries::add);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + folder, unreadable);
        }
        entries.sort((one, other) -> Integer.compare(one.port(), other.port()));
        return entries;
    }

    /** Returns whether a file has a name that {@link #add} gives: the directory may have other files. */
    private static boolean isOwn(Path file) {
        return FILE.matcher(file.getFileName().toString()).matches();
    }

    /** Registers a runtime, replacing an entry of the same port. */
    public void add(Entry entry) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("endpoint", entry.endpoint().toString());
        json.put("pid", entry.pid());
        json.put("stack", entry.stack());
        json.put("region", entry.region());
        json.put("startedAt", entry.startedAt());
        ObjectNode outputs = json.putObject("outputs");
        new TreeMap<>(entry.outputs()).forEach(outputs::put);
        entry.warnings().forEach(json.putArray("warnings")::add);
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "runtime", ".tmp");
            Files.write(fresh, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
            Files.move(fresh, file(entry.port()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw unwritable(folder, unwritable);
        }
    }

    /** Returns the error for a state directory that cannot be written. */
    public static CliException unwritable(Path folder, IOException failed) {
        return new CliException(
                        "STATE_UNWRITABLE",
                        ExitCode.ENVIRONMENT,
                        "cannot write to the state directory '%s'".formatted(folder))
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed)
                .hint("choose a directory that can be written: set INGEST_STATE_DIR");
    }

    /** Removes the entry of a port, if there is one. */
    public void remove(int port) {
        try {
            Files.deleteIfExists(file(port));
        } catch (IOException undeletable) {
            throw new UncheckedIOException("cannot remove " + file(port), undeletable);
        }
    }

    private Path file(int port) {
        return folder.resolve("runtime-" + port + ".json");
    }

    private static Optional<Entry> read(Path file) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException ended) {
            // The runtime stopped between the listing and this read.
            return Optional.empty();
        }
        JsonNode json = MAPPER.readTree(content);
        long pid = json.path("pid").asLong();
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        Map<String, String> outputs = new TreeMap<>();
        json.path("outputs")
                .properties()
                .forEach(
                        output -> outputs.put(output.getKey(), output.getValue().asText()));
        List<String> warnings = new ArrayList<>();
        json.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return Optional.of(new Entry(
                URI.create(json.path("endpoint").asText()),
                pid,
                json.path("stack").asText(),
                json.path("region").asText(),
                json.path("startedAt").asText(),
                outputs,
                warnings));
    }
}
