package dev.ingestkit.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A disk without space for the content of one file. */
record FullDisk(String name) implements StoreFiles {

    @Override
    public void createDirectories(Path directory) throws IOException {
        DISK.createDirectories(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return DISK.list(directory);
    }

    @Override
    public boolean exists(Path file) {
        return DISK.exists(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return DISK.size(file);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return DISK.read(file);
    }

    @Override
    public OpenFile open(Path file) throws IOException {
        OpenFile opened = DISK.open(file);
        return file.endsWith(name) ? new FullFile(opened) : opened;
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        DISK.move(from, to);
    }

    @Override
    public void share(Path file, Path second) throws IOException {
        DISK.share(file, second);
    }

    @Override
    public void delete(Path file) throws IOException {
        DISK.delete(file);
    }

    @Override
    public @Nullable AutoCloseable lock(Path file) throws IOException {
        return DISK.lock(file);
    }

    private record FullFile(OpenFile file) implements OpenFile {

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void truncate(long length) throws IOException {
            file.truncate(length);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
