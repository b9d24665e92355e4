package dev.ingestkit.local.store;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file of frames. Frames of several threads go to the file in one write, in the order of their appends: either a
 * thread writes until its own frame is in the file ({@link #await}), or a writer thread writes for all ({@link
 * #startWriter}). A frame that a crash has cut off marks the end of the log. Thread-safe.
 *
 * <p>Without a writer a failed write is final. The writer tries again every second, from the last good frame on, so
 * nothing is lost once a full disk has space again.
 */
final class FrameLog implements AutoCloseable {
    private static final long RETRY_MILLIS = 1_000;
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final StoreFiles.OpenFile file;
    private final Path path;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private Frames gathering = new Frames();
    private Frames spare = new Frames();
    private long appended;
    private long flushed;
    private boolean flushing;
    private boolean closing;
    /** Frames that a failed write has left. */
    private @Nullable Frames unwritten;

    private @Nullable IOException failure;

    /** A pending wait until the file holds everything before a position. */
    private record Waiter(long position, boolean failsEarly, CompletableFuture<Void> done) {}

    /** A buffer whose bytes can be written without a copy. */
    private static final class Frames extends ByteArrayOutputStream {
        Frames() {
            super(64 * 1024);
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }

    FrameLog(StoreFiles files, Path path) throws IOException {
        this.path = path;
        file = files.open(path);
        appended = file.size();
        flushed = appended;
    }

    /** Appends a frame; returns the position behind it. */
    long append(byte[] frame) {
        lock.lock();
        try {
            gathering.write(frame, 0, frame.length);
            appended += frame.length;
            changed.signal();
            return appended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns once the file holds everything before a position.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void await(long position) {
        lock.lock();
        try {
            while (flushed < position) {
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

    /** Returns once the file holds everything appended so far. */
    void awaitAll() {
        await(size());
    }

    /**
     * Writes the frames gathered, or those whose write failed, by one thread for all; the lock is not held meanwhile.
     */
    private void flush() {
        flushing = true;
        Frames frames = unwritten;
        if (frames == null) {
            frames = gathering;
            gathering = spare;
        }
        lock.unlock();
        IOException failed = null;
        try {
            writeAt(flushed, frames.bytes());
        } catch (IOException e) {
            failed = e;
        } finally {
            lock.lock();
            flushing = false;
            settle(frames, failed);
            written.signalAll();
        }
    }

    private void writeAt(long start, ByteBuffer bytes) throws IOException {
        long position = start;
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    private void settle(Frames frames, @Nullable IOException failed) {
        failure = failed;
        if (failed == null) {
            flushed += frames.size();
            frames.reset();
            spare = frames;
            unwritten = null;
        } else {
            unwritten = frames;
        }
    }

    private void check() {
        if (failure != null) {
            throw unwritable(failure);
        }
    }

    private UncheckedIOException unwritable(IOException cause) {
        return new UncheckedIOException("'" + path + "' cannot be written: " + cause.getMessage(), cause);
    }

    /** Returns the reason why the log cannot be written at the moment; null while it can. */
    @Nullable
    IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Starts the thread that writes appended frames, so that appending threads need not wait. */
    void startWriter() {
        Thread thread = new Thread(this::writeUntilClosed, "data-log");
        thread.setDaemon(true);
        thread.start();
    }

    private void writeUntilClosed() {
        while (writeOnce()) {
            complete();
        }
        complete();
    }

    /** Waits for frames and writes them; returns false once the log is closed. */
    private boolean writeOnce() {
        lock.lock();
        try {
            while (!closing && flushed == appended && waiters.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            if (failure != null) {
                awaitRetry();
            }
            while (flushing) {
                written.awaitUninterruptibly();
            }
            if (!closing && flushed < appended) {
                flush();
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /** Waits between two attempts, whatever is appended meanwhile. */
    private void awaitRetry() {
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
            while (left > 0 && !closing) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    /**
     * Completes the waits for bytes that are in the file; while it cannot be written, fails the waits that asked for
     * early failure.
     */
    private void complete() {
        List<Waiter> done = new ArrayList<>();
        List<Waiter> failed = new ArrayList<>();
        IOException cause;
        lock.lock();
        try {
            cause = failure != null ? failure : closing ? new ClosedChannelException() : null;
            Iterator<Waiter> each = waiters.iterator();
            while (each.hasNext()) {
                Waiter waiter = each.next();
                boolean written = waiter.position() <= flushed;
                if (written || (cause != null && waiter.failsEarly())) {
                    each.remove();
                    (written ? done : failed).add(waiter);
                }
            }
        } finally {
            lock.unlock();
        }
        done.forEach(waiter -> waiter.done().complete(null));
        for (Waiter waiter : failed) {
            waiter.done().completeExceptionally(unwritable(requireNonNull(cause)));
        }
    }

    /**
     * Returns a stage that completes, on the writer's thread, once the file holds everything appended so far.
     *
     * @param failsEarly whether the stage fails as soon as the file cannot be written, instead of waiting until it can
     */
    CompletionStage<Void> written(boolean failsEarly) {
        lock.lock();
        try {
            if (flushed == appended) {
                return DONE;
            }
            if (failsEarly && failure != null) {
                return CompletableFuture.failedFuture(unwritable(failure));
            }
            Waiter waiter = new Waiter(appended, failsEarly, new CompletableFuture<>());
            waiters.add(waiter);
            return waiter.done();
        } finally {
            lock.unlock();
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
            file.force();
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be forced to disk: " + e.getMessage(), e);
        }
    }

    /** Writes the appended frames, as far as possible, and closes the file. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            while (flushing || (flushed < appended && failure == null)) {
                if (flushing) {
                    written.awaitUninterruptibly();
                } else {
                    flush();
                }
            }
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
            file.close();
        }
    }
}
