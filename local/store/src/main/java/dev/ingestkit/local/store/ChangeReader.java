package dev.ingestkit.local.store;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads changes that {@link ChangeCodec} has written. Neighbors are mostly of the same map, whose name is decoded once.
 * Not thread-safe.
 */
final class ChangeReader {
    private byte[] encodedName = {};
    private String name = "";

    /**
     * Passes all changes of a frame.
     *
     * @param frame has the changes in its first bytes
     * @throws IOException if the frame ends within a change
     */
    void read(byte[] frame, int length, Consumer<Batch.Change> each) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(frame, 0, length);
        try {
            while (bytes.hasRemaining()) {
                String map = name(frame, bytes);
                byte[] key = next(bytes);
                each.accept(new Batch.Change(map, key, next(bytes)));
            }
        } catch (BufferUnderflowException cut) {
            throw new IOException("a frame ends within a change", cut);
        }
    }

    private String name(byte[] frame, ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        int end = start + Short.BYTES + (bytes.getShort() & 0xffff);
        require(end <= bytes.limit());
        if (!Arrays.equals(encodedName, 0, encodedName.length, frame, start, end)) {
            encodedName = Arrays.copyOfRange(frame, start, end);
            name = new DataInputStream(new ByteArrayInputStream(encodedName)).readUTF();
        }
        bytes.position(end);
        return name;
    }

    private static byte @Nullable [] next(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length == 0) {
            return null;
        }
        require(length > 0 && length - 1 <= bytes.remaining());
        byte[] next = new byte[length - 1];
        bytes.get(next);
        return next;
    }

    private static void require(boolean complete) {
        if (!complete) {
            throw new BufferUnderflowException();
        }
    }
}
