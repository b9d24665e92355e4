package dev.ingestkit.local.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes to a new file from its beginning; leaves it open. */
final class FileOutput extends OutputStream {
    private final StoreFiles.OpenFile file;
    private long position;

    FileOutput(StoreFiles.OpenFile file) {
        this.file = file;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, count);
        while (rest.hasRemaining()) {
            position += file.write(rest, position);
        }
    }
}
