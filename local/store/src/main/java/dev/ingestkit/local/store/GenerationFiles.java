package dev.ingestkit.local.store;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The numbered files of a durable store: snapshots, and the logs since. Not thread-safe. */
final class GenerationFiles {
    private final StoreFiles files;
    private final Path directory;

    GenerationFiles(StoreFiles files, Path directory) {
        this.files = requireNonNull(files, "files");
        this.directory = requireNonNull(directory, "directory");
    }

    Path snapshot(long number) {
        return directory.resolve("snapshot-" + number);
    }

    Path log(long number) {
        return directory.resolve("log-" + number);
    }

    /** Returns the name of a snapshot that is being written; an earlier attempt may have left such a file. */
    Path unfinished() {
        return directory.resolve("unfinished-snapshot");
    }

    FrameLog openLog(long number) throws IOException {
        return new FrameLog(files, log(number));
    }

    /** Returns the number of the last snapshot; 0 if there is none. */
    long last() throws IOException {
        List<Long> snapshots = generations("snapshot-");
        return snapshots.isEmpty() ? 0 : snapshots.get(snapshots.size() - 1);
    }

    /**
     * Fills a store with a snapshot, if one exists, and the later logs, and deletes older files.
     *
     * @return the number of the last log
     * @throws IOException if a file is missing, damaged or cannot be read
     */
    long load(long generation, MemoryStore memory) throws IOException {
        Path snapshot = snapshot(generation);
        if (files.exists(snapshot) && replay(snapshot, memory) < files.size(snapshot)) {
            throw damaged(snapshot);
        }
        long last = generation;
        for (long number : generations("log-")) {
            if (number >= generation) {
                if (number > last + 1 || (number > last && !files.exists(log(last)))) {
                    throw new IOException(
                            "'" + log(last) + "' is missing: restore it from a backup, or delete the directory");
                }
                replayLog(log(number), memory);
                last = number;
            }
        }
        deleteBefore(generation);
        return last;
    }

    private static IOException damaged(Path file) {
        return new IOException("'" + file + "' is damaged: restore it from a backup, or delete the directory");
    }

    /** Replays a log and cuts off the batch that a crash left unfinished; damage in the midst is an error. */
    private void replayLog(Path log, MemoryStore memory) throws IOException {
        long good = replay(log, memory);
        if (good < files.size(log)) {
            if (!FrameFormat.isCutOff(files, log, good)) {
                throw damaged(log);
            }
            truncate(log, good);
        }
    }

    private long replay(Path path, MemoryStore memory) throws IOException {
        try (InputStream in = new BufferedInputStream(files.read(path), 1 << 16)) {
            return FrameFormat.replay(in, memory::apply);
        }
    }

    private void truncate(Path path, long length) throws IOException {
        try (StoreFiles.OpenFile file = files.open(path)) {
            file.truncate(length);
        }
    }

    private List<Long> generations(String prefix) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String file : files.list(directory)) {
            String number = file.startsWith(prefix) ? file.substring(prefix.length()) : "";
            if (!number.isEmpty() && number.chars().allMatch(Character::isDigit)) {
                numbers.add(Long.parseLong(number));
            }
        }
        numbers.sort(null);
        return numbers;
    }

    void deleteBefore(long number) throws IOException {
        for (String prefix : List.of("snapshot-", "log-")) {
            for (long old : generations(prefix)) {
                if (old < number) {
                    files.delete(directory.resolve(prefix + old));
                }
            }
        }
    }
}
