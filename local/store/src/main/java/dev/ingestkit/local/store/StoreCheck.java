package dev.ingestkit.local.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the directory of a durable store without changing its files. Stateless. */
public final class StoreCheck {

    private StoreCheck() {}

    /** A map of the store: its entries, and the bytes of their keys and values. */
    public record MapSize(String name, long entries, long bytes) {}

    /**
     * The content of a directory.
     *
     * @param bytes the size of all files
     * @param cutOffBytes the size of the batch at the end that a crash left unfinished; the next start drops it
     * @param maps the maps with entries, by name
     */
    public record Result(long bytes, long cutOffBytes, List<MapSize> maps) {
        public Result {
            maps = List.copyOf(maps);
        }
    }

    /** Receives one entry of a map. */
    @FunctionalInterface
    public interface Entries {
        void entry(String map, byte[] key, byte[] value);
    }

    /**
     * Checks every file of a directory.
     *
     * @param entries receives each entry of each map, in order
     * @throws IOException if the directory is in use, has another format, or a file is missing or damaged; the message
     *     names it
     */
    public static Result check(Path directory, Entries entries) throws IOException {
        Path lockFile = directory.resolve("lock");
        if (!Files.exists(directory.resolve("format"))) {
            throw new NoSuchFileException("'" + directory + "' is not a data directory: it has no file 'format'");
        }
        try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null) {
                throw inUse(directory);
            }
            StoreFormat.require(StoreFiles.DISK, directory);
            return read(directory, entries);
        } catch (OverlappingFileLockException e) {
            throw new IOException("'" + directory + "' is in use by this process", e);
        }
    }

    private static IOException inUse(Path directory) {
        return new IOException("'" + directory + "' is in use by another process: stop it first");
    }

    private static Result read(Path directory, Entries entries) throws IOException {
        try (MemoryStore memory = new MemoryStore()) {
            Consumer<Batch.Change> apply = change -> {
                Batch batch = new Batch();
                batch.changes().add(change);
                memory.commit(batch);
            };
            long first = Math.max(0, last(directory, "snapshot-"));
            Path snapshot = directory.resolve("snapshot-" + first);
            if (Files.exists(snapshot) && replay(snapshot, apply) < Files.size(snapshot)) {
                throw damaged(snapshot);
            }
            long cutOff = 0;
            for (long number = first; number <= last(directory, "log-"); number++) {
                cutOff += replayLog(directory.resolve("log-" + number), apply);
            }
            List<MapSize> maps = new ArrayList<>();
            for (String name : memory.names()) {
                maps.add(count(memory, name, entries));
            }
            return new Result(size(directory), cutOff, maps);
        }
    }

    private static long last(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(prefix + "\\d+"))
                    .mapToLong(name -> Long.parseLong(name.substring(prefix.length())))
                    .max()
                    .orElse(-1);
        }
    }

    private static long size(Path directory) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static long replay(Path file, Consumer<Batch.Change> apply) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return FrameFormat.replay(in, apply);
        }
    }

    private static long replayLog(Path log, Consumer<Batch.Change> apply) throws IOException {
        if (!Files.exists(log)) {
            throw new IOException("'" + log + "' is missing: restore the directory from a backup, or delete it");
        }
        long good = replay(log, apply);
        if (good < Files.size(log) && !FrameFormat.isCutOff(StoreFiles.DISK, log, good)) {
            throw damaged(log);
        }
        return Files.size(log) - good;
    }

    private static IOException damaged(Path file) {
        return new IOException("'" + file + "' is damaged: restore the directory from a backup, or delete it");
    }

    private static MapSize count(MemoryStore memory, String name, Entries entries) {
        long count = 0;
        long bytes = 0;
        ByteCursor cursor = memory.map(name).all();
        while (cursor.next()) {
            count++;
            bytes += cursor.key().length + cursor.value().length;
            entries.entry(name, cursor.key(), cursor.value());
        }
        return new MapSize(name, count, bytes);
    }
}
