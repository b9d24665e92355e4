package dev.ingestkit.local.mapping.checkpoint;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Keeps checkpoints in a directory, one small file per mapping, for a mapping on another endpoint's stream that
 * outlives this process. A file is replaced as a whole by a rename, so a crash leaves the old file or the new one,
 * never a torn one. One process at a time may use a directory. Thread-safe.
 */
public final class FileCheckpoints implements CheckpointStore {

    private final Path folder;
    private final Map<String, Map<String, String>> loaded = new HashMap<>();

    /**
     * Opens the checkpoints of a directory.
     *
     * @param folder the directory, created with the first checkpoint
     */
    public FileCheckpoints(Path folder) {
        this.folder = requireNonNull(folder, "folder");
    }

    @Override
    public synchronized Map<String, String> load(String mappingId) {
        return Map.copyOf(shards(mappingId));
    }

    @Override
    public synchronized void save(String mappingId, String shardId, String checkpoint) {
        Map<String, String> shards = shards(mappingId);
        shards.put(shardId, checkpoint);
        write(file(mappingId), shards);
    }

    @Override
    public synchronized void delete(String mappingId) {
        loaded.remove(mappingId);
        try {
            Files.deleteIfExists(file(mappingId));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete the checkpoints in " + file(mappingId), failure);
        }
    }

    private Map<String, String> shards(String mappingId) {
        return loaded.computeIfAbsent(mappingId, id -> read(file(id)));
    }

    private Path file(String mappingId) {
        if (!mappingId.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("a mapping's id has letters, digits, - and _ only: " + mappingId);
        }
        return folder.resolve("mapping-" + mappingId + ".checkpoints");
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> shards = new HashMap<>();
        if (!Files.exists(file)) {
            return shards;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the checkpoints in " + file, failure);
        } catch (IllegalArgumentException broken) {
            throw new IllegalStateException(
                    "the checkpoints in %s are damaged: delete the file to begin again".formatted(file), broken);
        }
        properties.stringPropertyNames().forEach(shard -> shards.put(shard, properties.getProperty(shard)));
        return shards;
    }

    private void write(Path file, Map<String, String> shards) {
        Properties properties = new Properties();
        properties.putAll(shards);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
            Files.createDirectories(folder);
            Path next = folder.resolve(file.getFileName() + ".next");
            Files.writeString(next, text.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the checkpoints in " + file, failure);
        }
    }
}
