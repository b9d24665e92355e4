package dev.ingestkit.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations on files that a durable store needs. Each takes effect as a whole or not at all, except for writes, of
 * which a crash may leave a part. The end of the process loses nothing; a loss of power may lose what was not forced.
 * Implementations are thread-safe.
 */
interface StoreFiles {

    /** The file system of this machine. */
    StoreFiles DISK = new DiskFiles();

    /** Creates a directory with its parents, if it is not there. */
    void createDirectories(Path directory) throws IOException;

    /** Returns the names of a directory's files. */
    List<String> list(Path directory) throws IOException;

    /** Returns whether there is such a file. */
    boolean exists(Path file);

    /** Returns a file's length in bytes. */
    long size(Path file) throws IOException;

    /** Opens a file for reading from its beginning. */
    InputStream read(Path file) throws IOException;

    /** Opens a file for writing; creates it if it is not there. */
    OpenFile open(Path file) throws IOException;

    /** Gives a file another name, under which there is no file. */
    void move(Path from, Path to) throws IOException;

    /** Gives a file that never changes a second name, under which there is no file; copies it where that is impossible. */
    void share(Path file, Path second) throws IOException;

    /** Deletes a file, if it is there. */
    void delete(Path file) throws IOException;

    /** Takes a lock that lasts until it is closed or the process ends; returns null where another one has it. */
    @Nullable
    AutoCloseable lock(Path file) throws IOException;

    /** A file open for writing. */
    interface OpenFile extends AutoCloseable {

        /** Returns the file's length in bytes. */
        long size() throws IOException;

        /** Writes bytes at a position; returns how many. */
        int write(ByteBuffer bytes, long position) throws IOException;

        /** Cuts the file off. */
        void truncate(long length) throws IOException;

        /** Returns once the file's bytes, and all changes of names before, survive a loss of power. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
