package dev.ingestkit.local.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of frames, each a batch: length, checksum, changes. Appends of several threads go to the file in one write. A
 * frame that a crash has cut off ends the log. Thread-safe.
 */
final class FrameLog implements AutoCloseable {
    private static final int FRAME_HEADER = 8;

    private final FileChannel file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private Frames gathering = new Frames();
    private Frames spare = new Frames();
    private long appended;
    private long flushed;
    private boolean flushing;
    private @Nullable IOException failure;

    /** A buffer that lets its bytes be written without a copy. */
    private static final class Frames extends ByteArrayOutputStream {
        Frames() {
            super(64 * 1024);
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }

    FrameLog(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.position(file.size());
        appended = file.size();
        flushed = appended;
    }

    static byte[] frame(List<Batch.Change> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeLong(0);
            for (Batch.Change change : changes) {
                ChangeCodec.write(out, change);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory refused bytes", e);
        }
        byte[] frame = bytes.toByteArray();
        int length = frame.length - FRAME_HEADER;
        ByteBuffer.wrap(frame).putInt(length).putInt(checksum(frame, FRAME_HEADER, length));
        return frame;
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    /** Appends a frame and returns once it is in the file. */
    void append(byte[] frame) {
        lock.lock();
        try {
            gathering.write(frame, 0, frame.length);
            appended += frame.length;
            long mine = appended;
            while (flushed < mine) {
                check();
                if (flushing) {
                    written.awaitUninterruptibly();
                } else {
                    flush();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what was gathered, by one thread for all, without the lock meanwhile. */
    private void flush() {
        flushing = true;
        Frames batch = gathering;
        gathering = spare;
        long upTo = appended;
        lock.unlock();
        IOException failed = null;
        try {
            ByteBuffer bytes = batch.bytes();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            failed = e;
        } finally {
            lock.lock();
            batch.reset();
            spare = batch;
            flushing = false;
            if (failed == null) {
                flushed = upTo;
            } else {
                failure = failed;
            }
            written.signalAll();
        }
        check();
    }

    private void check() {
        if (failure != null) {
            throw new UncheckedIOException("the log cannot be written: " + failure.getMessage(), failure);
        }
    }

    long size() {
        lock.lock();
        try {
            return appended;
        } finally {
            lock.unlock();
        }
    }

    void force() {
        try {
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be forced to disk: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * Reports whether the bytes after the last good frame look like a write that a crash has cut off: a frame that ends
     * after the file does, with no whole frame behind its start. Zeros count as cut off too, since file systems leave
     * them after a loss of power.
     */
    static boolean isCutOff(Path path, long good) throws IOException {
        byte[] rest;
        try (InputStream in = Files.newInputStream(path)) {
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

    /** Gives every whole frame's changes to {@code each}; returns how many bytes they take. */
    static long replay(InputStream stream, Consumer<Batch.Change> each) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        long good = 0;
        while (true) {
            byte[] body;
            try {
                int length = in.readInt();
                int checksum = in.readInt();
                body = length < 0 ? new byte[0] : in.readNBytes(length);
                if (length <= 0 || body.length < length || checksum(body, 0, length) != checksum) {
                    return good;
                }
            } catch (EOFException e) {
                return good;
            }
            ByteArrayInputStream bytes = new ByteArrayInputStream(body);
            DataInputStream changes = new DataInputStream(bytes);
            while (bytes.available() > 0) {
                each.accept(ChangeCodec.read(changes));
            }
            good += FRAME_HEADER + body.length;
        }
    }
}
