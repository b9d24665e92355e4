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

/** Keeps a folder to one runtime at a time, also among processes; one that dies gives it back. */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws AttachException when another runtime has it */
    public static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel) == null) {
                channel.close();
                throw new AttachException(
                        "another runtime is attached and keeps its checkpoints in " + folder,
                        List.of("end it: ingest-cli down", "or start this one in another directory"),
                        null);
            }
            return new FolderLock(channel);
        } catch (IOException failed) {
            throw new UncheckedIOException("the checkpoints' folder cannot be used: " + folder, failed);
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
            throw new UncheckedIOException("the checkpoints' folder cannot be given back", failed);
        }
    }
}
