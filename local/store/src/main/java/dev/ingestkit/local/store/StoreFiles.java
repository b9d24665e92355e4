package dev.ingestkit.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations on files that a durable store needs. Each operation takes effect as a whole or not at all, except that
 * a crash may leave a part of a write. A killed process loses nothing; a loss of power may lose bytes that were not
 * forced. Implementations are thread-safe.
 */
interface StoreFiles {

    /** The file system of this machine. */
    StoreFiles DISK = new DiskFiles();

    /** Creates a directory and its parents unless they exist. */
    void createDirectories(Path directory) throws IOException;

    /** Returns the names of a directory's files. */
    List<String> list(Path directory) throws IOException;

    /** Returns whether the file exists. */
    boolean exists(Path file);

    /** Returns a file's length in bytes. */
    long size(Path file) throws IOException;

    /** Opens a file for reading from its beginning. */
    InputStream read(Path file) throws IOException;

    /** Opens a file for writing; creates it unless it exists. */
    OpenFile open(Path file) throws IOException;

    /** Renames a file. The new name must not be taken. */
    void move(Path from, Path to) throws IOException;

    /** Gives a file that never changes a second, free name; copies the file if it cannot be linked. */
    void share(Path file, Path second) throws IOException;

    /** Deletes a file if it exists. */
    void delete(Path file) throws IOException;

    /** Takes a lock that lasts until it is closed or the process exits; returns null if another process holds it. */
    @Nullable
    AutoCloseable lock(Path file) throws IOException;

    /** A file open for writing. */
    interface OpenFile extends AutoCloseable {

        /** Returns the file's length in bytes. */
        long size() throws IOException;

        /** Writes bytes at a position; returns the number written. */
        int write(ByteBuffer bytes, long position) throws IOException;

        /** Cuts the file off after its first bytes. */
        void truncate(long length) throws IOException;

        /** Returns once the file's bytes, and all earlier changes of names, survive a loss of power. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
