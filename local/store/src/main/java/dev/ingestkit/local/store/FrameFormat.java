package dev.ingestkit.local.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** The frames of logs and snapshots, each a batch: length, checksum, changes. */
final class FrameFormat {
    private static final int FRAME_HEADER = 8;
    /** Holds a frame of an archive, which has at most twice 64 KiB and one entry. */
    private static final int FRAME_BUFFER = 1 << 18;

    private FrameFormat() {}

    static byte[] frame(List<Batch.Change> changes) {
        Frame frame = new Frame(256);
        changes.forEach(frame::add);
        return frame.bytes();
    }

    /** A frame that grows by changes, and may be used again for the next one. Not thread-safe. */
    static final class Frame {
        private final Bytes bytes;
        private final DataOutputStream out;

        Frame(int capacity) {
            bytes = new Bytes(capacity);
            out = new DataOutputStream(bytes);
            clear();
        }

        void clear() {
            bytes.reset();
            append(() -> out.writeLong(0));
        }

        void add(Batch.Change change) {
            append(() -> ChangeCodec.write(out, change));
        }

        int size() {
            return bytes.size();
        }

        boolean isEmpty() {
            return bytes.size() == FRAME_HEADER;
        }

        void writeTo(OutputStream target) throws IOException {
            bytes.complete();
            bytes.writeTo(target);
        }

        /** Returns the frame with its length and checksum. */
        byte[] bytes() {
            bytes.complete();
            return bytes.toByteArray();
        }

        private interface Append {
            void run() throws IOException;
        }

        private static void append(Append append) {
            try {
                append.run();
            } catch (IOException e) {
                throw new UncheckedIOException("a buffer in memory refused bytes", e);
            }
        }
    }

    private static final class Bytes extends ByteArrayOutputStream {
        Bytes(int capacity) {
            super(capacity);
        }

        void complete() {
            int length = count - FRAME_HEADER;
            ByteBuffer.wrap(buf).putInt(length).putInt(checksum(buf, FRAME_HEADER, length));
        }
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    /**
     * Returns whether the bytes after the last good frame look like a write that a crash has cut off: a frame that ends
     * after the file does, with no whole frame behind its start. Zeros count as cut off too, since file systems leave
     * them after a loss of power.
     */
    static boolean isCutOff(StoreFiles files, Path path, long good) throws IOException {
        byte[] rest;
        try (InputStream in = files.read(path)) {
            in.skipNBytes(good);
            rest = in.readAllBytes();
        }
        ByteBuffer bytes = ByteBuffer.wrap(rest);
        if (rest.length >= FRAME_HEADER && isWithin(bytes, 0)) {
            return false;
        }
        for (int start = 1; start + FRAME_HEADER <= rest.length; start++) {
            if (isWithin(bytes, start)
                    && checksum(rest, start + FRAME_HEADER, bytes.getInt(start)) == bytes.getInt(start + 4)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(ByteBuffer bytes, int start) {
        int length = bytes.getInt(start);
        return length > 0 && length <= bytes.limit() - start - FRAME_HEADER;
    }

    /** Passes every whole frame's changes to {@code each}; returns the number of bytes read. */
    static long replay(InputStream stream, Consumer<Batch.Change> each) throws IOException {
        byte[] header = new byte[FRAME_HEADER];
        byte[] frames = new byte[FRAME_BUFFER];
        ChangeReader changes = new ChangeReader();
        long good = 0;
        while (stream.readNBytes(header, 0, FRAME_HEADER) == FRAME_HEADER) {
            int length = ByteBuffer.wrap(header).getInt();
            if (length <= 0) {
                return good;
            }
            byte[] body = frames;
            int read;
            if (length <= frames.length) {
                read = stream.readNBytes(frames, 0, length);
            } else {
                // A damaged length may be anything: this takes as much memory as there are bytes.
                body = stream.readNBytes(length);
                read = body.length;
            }
            if (read < length
                    || checksum(body, 0, length) != ByteBuffer.wrap(header).getInt(Integer.BYTES)) {
                return good;
            }
            changes.read(body, length, each);
            good += FRAME_HEADER + length;
        }
        return good;
    }
}
