package dev.ingestkit.local.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A view of a store as a directory, which {@link DurableStore#open} accepts as well: a file of frames and the version of
 * its format. An archive does not change once it is written. Stateless.
 */
public final class StoreArchive {

    /** The name of the file with all entries. */
    static final String FILE = "snapshot-0";

    /** Frames are checked as a whole, so they are kept small. */
    private static final int FRAME_BYTES = 1 << 16;

    private StoreArchive() {}

    /**
     * Writes an archive into a new directory.
     *
     * @return the size of the archive in bytes
     * @throws IOException if the directory cannot be written or holds other files
     */
    public static long write(StoreView view, Path directory) throws IOException {
        return write(view, directory, StoreFiles.DISK);
    }

    static long write(StoreView view, Path directory, StoreFiles files) throws IOException {
        files.createDirectories(directory);
        StoreFormat.require(files, directory);
        Path file = directory.resolve(FILE);
        write(view, files, file);
        return files.size(file);
    }

    /** Writes the entries of a view to a new file and forces it to disk. */
    static void write(StoreView view, StoreFiles files, Path path) throws IOException {
        try (StoreFiles.OpenFile file = files.open(path)) {
            try (OutputStream out = new BufferedOutputStream(new FileOutput(file), 1 << 16)) {
                Frames frames = new Frames(out);
                view.each(frames::add);
                frames.end();
            }
            file.force();
        }
    }

    /**
     * Reads an archive into a store in memory.
     *
     * @throws IOException if there is no archive, it has another format, or it is damaged; the message names the reason
     */
    public static MemoryStore read(Path directory) throws IOException {
        return read(directory, StoreFiles.DISK);
    }

    static MemoryStore read(Path directory, StoreFiles files) throws IOException {
        Path file = directory.resolve(FILE);
        if (!files.exists(file)) {
            throw new FileNotFoundException("'" + file + "' is missing: the snapshot is incomplete, delete it");
        }
        StoreFormat.require(files, directory);
        MemoryStore store = new MemoryStore();
        try (InputStream in = new BufferedInputStream(files.read(file), 1 << 16)) {
            if (FrameFormat.replay(in, store::apply) < files.size(file)) {
                throw new IOException("'" + file + "' is damaged: restore it from a backup, or delete the snapshot");
            }
        } catch (IOException | RuntimeException unreadable) {
            store.close();
            throw unreadable;
        }
        return store;
    }

    /**
     * Makes an archive the content of an empty directory, which {@link DurableStore#open} may open then.
     *
     * @throws IOException if the archive has another format, or the directory holds other files or cannot be written
     */
    public static void copy(Path archive, Path directory) throws IOException {
        StoreFiles files = StoreFiles.DISK;
        StoreFormat.require(files, archive);
        files.createDirectories(directory);
        StoreFormat.require(files, directory);
        files.share(archive.resolve(FILE), directory.resolve(FILE));
    }

    /** Gathers entries to frames. Not thread-safe. */
    private static final class Frames {
        private final OutputStream out;
        private final FrameFormat.Frame frame = new FrameFormat.Frame(2 * FRAME_BYTES);

        Frames(OutputStream out) {
            this.out = out;
        }

        void add(String map, byte[] key, byte[] value) throws IOException {
            frame.add(new Batch.Change(map, key, value));
            if (frame.size() >= FRAME_BYTES) {
                end();
            }
        }

        void end() throws IOException {
            if (!frame.isEmpty()) {
                frame.writeTo(out);
                frame.clear();
            }
        }
    }
}
