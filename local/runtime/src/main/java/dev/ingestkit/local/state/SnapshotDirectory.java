package dev.ingestkit.local.state;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.StoreArchive;
import dev.ingestkit.local.store.StoreView;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The snapshots of one stack, each a directory of its name that only its owner may read: the archived state, and a
 * description. A snapshot appears, and disappears, as a whole. Thread-safe, except that one thread at a time saves.
 */
public final class SnapshotDirectory {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final String DESCRIPTION = "description.json";
    private static final String UNFINISHED = ".unfinished";
    private static final String DELETED = ".deleted";
    /** Before the name of a snapshot that is complete and about to replace the one of that name. */
    private static final String NEXT = ".next-";

    private final Path directory;

    /** Creates the snapshots of a directory, which is created by the first one. */
    public SnapshotDirectory(Path directory) {
        this.directory = requireNonNull(directory, "directory").toAbsolutePath();
    }

    /** Returns the directory. */
    public Path path() {
        return directory;
    }

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    public static String requireValid(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a valid snapshot name: use 1 to 64 letters, digits,"
                            + " '.', '_' and '-', beginning with a letter or digit");
        }
        return name;
    }

    /** Returns all snapshots, by name. */
    public List<Snapshots.Snapshot> list() throws IOException {
        List<Snapshots.Snapshot> entries = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> children = Files.list(directory)) {
                for (String name : children.map(SnapshotDirectory::name)
                        .distinct()
                        .sorted()
                        .toList()) {
                    if (name.matches(NAME) && Files.exists(existing(name).resolve(DESCRIPTION))) {
                        entries.add(describe(existing(name)));
                    }
                }
            }
        }
        return entries;
    }

    /** Returns the name of the snapshot in a directory. */
    private static String name(Path snapshot) {
        String file = String.valueOf(snapshot.getFileName());
        return file.startsWith(NEXT) ? file.substring(NEXT.length()) : file;
    }

    /** Returns the directory of a snapshot, which a crash may have left before its last rename. */
    private Path existing(String name) {
        Path snapshot = directory.resolve(requireValid(name));
        Path next = directory.resolve(NEXT + name);
        return !Files.exists(snapshot) && Files.exists(next) ? next : snapshot;
    }

    /** Returns the description of a snapshot. */
    public static Snapshots.Snapshot describe(Path snapshot) throws IOException {
        JsonNode node = Json.mapper().readTree(Files.readAllBytes(snapshot.resolve(DESCRIPTION)));
        return new Snapshots.Snapshot(
                name(snapshot),
                Instant.parse(node.path("time").asText()),
                node.path("bytes").longValue(),
                node.path("events").longValue());
    }

    /**
     * Returns the archive of a snapshot.
     *
     * @throws IllegalArgumentException if the name is invalid, or no snapshot has that name
     */
    public Path require(String name) throws IOException {
        Path snapshot = existing(name);
        if (!Files.isDirectory(snapshot)) {
            List<String> names = list().stream().map(Snapshots.Snapshot::name).toList();
            throw new IllegalArgumentException("snapshot '%s' not found; %s"
                    .formatted(
                            name,
                            names.isEmpty() ? "no snapshot is saved" : "saved snapshots: " + String.join(", ", names)));
        }
        return snapshot;
    }

    /**
     * Checks whether a snapshot may be saved.
     *
     * @param replace whether a snapshot of the name is replaced
     * @throws IllegalArgumentException if the name is invalid or taken
     */
    public void requireFree(String name, boolean replace) {
        if (Files.exists(existing(name)) && !replace) {
            throw new IllegalArgumentException(
                    "snapshot '" + name + "' already exists: choose another name, replace it, or delete it");
        }
    }

    /** Saves a view of a state; a snapshot of the name is replaced once the new one is complete. */
    public Snapshots.Snapshot save(String name, StoreView view, Instant time) throws IOException {
        create(directory);
        Path saved = directory.resolve(requireValid(name));
        if (!existing(name).equals(saved)) {
            Files.move(existing(name), saved);
        }
        Path unfinished = directory.resolve(UNFINISHED);
        remove(unfinished);
        create(unfinished);
        Counter counter = new Counter(view);
        long bytes = StoreArchive.write(counter, unfinished);
        Snapshots.Snapshot snapshot = new Snapshots.Snapshot(name, time, bytes, counter.events);
        Files.write(unfinished.resolve(DESCRIPTION), Json.mapper().writeValueAsBytes(json(snapshot)));
        Path next = directory.resolve(NEXT + name);
        remove(next);
        Files.move(unfinished, next);
        discard(saved);
        Files.move(next, saved);
        return snapshot;
    }

    private static ObjectNode json(Snapshots.Snapshot snapshot) {
        return Json.mapper()
                .createObjectNode()
                .put("time", snapshot.time().toString())
                .put("bytes", snapshot.bytes())
                .put("events", snapshot.events());
    }

    /** Counts the records of streams among a view's entries. Not thread-safe. */
    private static final class Counter implements StoreView {
        private final StoreView view;
        private long events;

        Counter(StoreView view) {
            this.view = view;
        }

        @Override
        public void each(Entries entries) throws IOException {
            view.each((map, key, value) -> {
                events += map.startsWith("kinesis/records/") ? 1 : 0;
                entries.entry(map, key, value);
            });
        }
    }

    /**
     * Copies a snapshot into a new data directory.
     *
     * @throws IllegalArgumentException if the name is invalid, or no snapshot has that name
     */
    public void copy(String name, Path data) throws IOException {
        Path archive = require(name);
        create(data);
        StoreArchive.copy(archive, data);
    }

    /** Deletes a snapshot if it exists. */
    public void delete(String name) throws IOException {
        Path snapshot = directory.resolve(requireValid(name));
        remove(directory.resolve(NEXT + name));
        discard(snapshot);
    }

    private void discard(Path snapshot) throws IOException {
        if (Files.exists(snapshot)) {
            Path deleted = directory.resolve(DELETED);
            remove(deleted);
            Files.move(snapshot, deleted);
            remove(deleted);
        }
    }

    private static void remove(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void create(Path created) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(created, ownerOnly);
    }
}
