package dev.ingestkit.local.attach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reserves a directory for one runtime at a time, across processes; it becomes free when its process dies. */
public final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a directory.
     *
     * @throws AttachException when another runtime has locked the directory
     */
    public static DirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel) == null) {
                channel.close();
                throw new AttachException(
                        "another runtime is attached and keeps its checkpoints in " + directory,
                        List.of("stop it: ingest-cli down", "or start this one in another directory"),
                        null);
            }
            return new DirectoryLock(channel);
        } catch (IOException failed) {
            throw new UncheckedIOException("the directory for checkpoints cannot be used: " + directory, failed);
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("the directory for checkpoints cannot be unlocked", failed);
        }
    }
}
