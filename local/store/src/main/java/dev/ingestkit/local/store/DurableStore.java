package dev.ingestkit.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/**
 * Maps in memory whose changes are written to a log in a directory before they are visible. When the log has grown
 * larger than the data, the maps are written out as a snapshot and the log starts again, while writers continue; so the
 * directory holds at most an old snapshot, a log of the same size or {@link #MIN_LOG_BYTES}, the new snapshot, and what
 * is written while that is. One process at a time opens it.
 *
 * <p>Files: {@code snapshot-N} holds the maps at some moment after {@code log-N} began; {@code log-N} and later logs
 * hold the changes since. A change carries the resulting value, so replaying one that the snapshot already contains
 * does no harm. {@code format} names the version of both.
 */
public final class DurableStore implements Store {
    /** A log smaller than this is not worth a snapshot. */
    public static final long MIN_LOG_BYTES = 64L << 20;

    private final StoreFiles files;
    private final Path directory;
    private final GenerationFiles generations;
    private final AutoCloseable directoryLock;
    private final long minLogBytes;
    private final Executor background;
    /** Held for reading from the moment a batch is in the log until it is in the maps. */
    private final ReadWriteLock commits = new StampedLock().asReadWriteLock();

    private final AtomicBoolean compacting = new AtomicBoolean();
    /** Held while a snapshot is written, so that the directory is not unlocked in the middle of one. */
    private final Lock snapshots = new ReentrantLock();

    private boolean closed;
    private volatile boolean deferred;
    private volatile long generation;
    private volatile long snapshotBytes;
    private volatile FrameLog log;
    private volatile MemoryStore memory = new MemoryStore();

    private DurableStore(StoreFiles files, Path directory, AutoCloseable directoryLock, Limits limits)
            throws IOException {
        this.files = files;
        this.directory = directory;
        this.generations = new GenerationFiles(files, directory);
        this.directoryLock = directoryLock;
        this.minLogBytes = limits.minLogBytes();
        this.background = limits.background();
        this.log = load();
    }

    /**
     * The size of the log that makes a snapshot worth writing, and the thread that writes it.
     *
     * @param minLogBytes a log smaller than this is not worth a snapshot
     * @param background runs the writing of a snapshot
     */
    record Limits(long minLogBytes, Executor background) {
        static final Limits DEFAULT = new Limits(MIN_LOG_BYTES, DurableStore::inThread);
    }

    private static void inThread(Runnable work) {
        Thread thread = new Thread(work, "data-snapshot");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens the store of a directory, which is created if it does not exist.
     *
     * @throws IOException if the directory cannot be read or written, another process has opened it, it holds other
     * files
     *     or the data of another version, or a file is damaged; the message names the reason and the remedy
     */
    public static DurableStore open(Path directory) throws IOException {
        return open(StoreFiles.DISK, directory, Limits.DEFAULT);
    }

    static DurableStore open(StoreFiles files, Path directory, Limits limits) throws IOException {
        files.createDirectories(directory);
        AutoCloseable lock = files.lock(directory.resolve("lock"));
        if (lock == null) {
            throw inUse(directory);
        }
        try {
            StoreFormat.require(files, directory);
            return new DurableStore(files, directory, lock, limits);
        } catch (IOException | RuntimeException e) {
            unlock(lock, directory);
            throw e;
        }
    }

    private static void unlock(AutoCloseable lock, Path directory) throws IOException {
        try {
            lock.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("'" + directory + "' cannot be unlocked: " + e.getMessage(), e);
        }
    }

    private static IOException inUse(Path directory) {
        return new IOException(
                "'" + directory + "' is in use by another process: stop it, or choose another directory");
    }

    private FrameLog load() throws IOException {
        long snapshot = generations.last();
        snapshotBytes = sizeOf(generations.snapshot(snapshot));
        generation = generations.load(snapshot, memory);
        return generations.openLog(generation);
    }

    private long sizeOf(Path file) throws IOException {
        return files.exists(file) ? files.size(file) : 0;
    }

    @Override
    public OrderedMap map(String name) {
        return memory.map(name);
    }

    @Override
    public List<String> names() {
        return memory.names();
    }

    @Override
    public void commit(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        byte[] frame = FrameFormat.frame(batch.changes());
        long size;
        commits.readLock().lock();
        try {
            size = log.append(frame);
            log.await(size);
            memory.apply(batch);
        } finally {
            commits.readLock().unlock();
        }
        compactIfLarge(size);
        awaitSnapshot(size);
    }

    /** Commits without waiting, unless the content has been replaced since. */
    void commit(Batch batch, MemoryStore content) {
        if (batch.isEmpty()) {
            return;
        }
        byte[] frame = FrameFormat.frame(batch.changes());
        long size;
        commits.readLock().lock();
        try {
            if (memory != content) {
                return;
            }
            size = log.append(frame);
            content.apply(batch);
        } finally {
            commits.readLock().unlock();
        }
        compactIfLarge(size);
    }

    @Override
    public StoreView view() {
        commits.writeLock().lock();
        try {
            return memory.frozen();
        } finally {
            commits.writeLock().unlock();
        }
    }

    /**
     * Replaces everything in this store by the content of an archive; a crash leaves the one or the other. Changes by
     * the stores that {@link #deferred} has returned before are dropped from then on. A failure changes nothing.
     *
     * @param content what the archive contains, as {@link StoreArchive#read} returns it
     * @return a store for the new content, as {@link #deferred} returns it
     * @throws IOException if the directory cannot be written
     */
    public Store replace(Path archive, MemoryStore content) throws IOException {
        snapshots.lock();
        try {
            Path unfinished = generations.unfinished();
            files.delete(unfinished);
            files.share(archive.resolve(StoreArchive.FILE), unfinished);
            FrameLog old;
            commits.writeLock().lock();
            try {
                old = log;
                long bytes = files.size(unfinished);
                moveToNextSnapshot(unfinished);
                memory = content;
                snapshotBytes = bytes;
            } finally {
                commits.writeLock().unlock();
            }
            old.close();
            generations.deleteBefore(generation);
        } finally {
            snapshots.unlock();
        }
        return deferred();
    }

    /** Makes a file the snapshot of the next log, when no commit is in progress: a restart finds it from then on. */
    private void moveToNextSnapshot(Path unfinished) throws IOException {
        long number = startLog();
        Path snapshot = generations.snapshot(number);
        files.move(unfinished, snapshot);
        try {
            // A later batch must not survive a loss of power without the content that it changes.
            log.force();
        } catch (UncheckedIOException failed) {
            files.delete(snapshot);
            throw new IOException(failed.getMessage(), failed);
        }
    }

    /** Starts the next log, when no commit is in progress; returns its number. */
    private long startLog() throws IOException {
        // A later log must not survive without the end of this one, whether the process or the power goes.
        log.awaitAll();
        log.force();
        long number = generation + 1;
        FrameLog next = generations.openLog(number);
        if (deferred) {
            next.startWriter();
        }
        log = next;
        generation = number;
        return number;
    }

    /**
     * Returns this store with commits that do not wait: a batch is visible at once and survives once {@link #written}
     * completes. The log keeps all batches in the order of their commits, so a batch never survives without the earlier
     * ones. Use a store either this way or directly, never both ways.
     */
    public Store deferred() {
        if (!deferred) {
            log.startWriter();
            deferred = true;
        }
        return new DeferredStore(this, memory);
    }

    CompletionStage<Void> written(boolean failsEarly) {
        commits.readLock().lock();
        try {
            return log.written(failsEarly);
        } finally {
            commits.readLock().unlock();
        }
    }

    @Override
    public boolean isWritable() {
        return log.failure() == null;
    }

    /** Lets a snapshot that is being written catch up with its writers, so that the log stays within its bound. */
    @SuppressWarnings("LockNotBeforeTry") // only the wait matters
    private void awaitSnapshot(long size) {
        long bound = Math.max(MIN_LOG_BYTES, snapshotBytes);
        if (size > bound + bound / 4) {
            snapshots.lock();
            snapshots.unlock();
        }
    }

    private void compactIfLarge(long size) {
        if (size > Math.max(minLogBytes, snapshotBytes) && compacting.compareAndSet(false, true)) {
            background.execute(this::compactInBackground);
        }
    }

    /** Writes a snapshot now, so that the directory holds little more than the live data. On failure the files stay. */
    public void compact() throws IOException {
        snapshots.lock();
        try {
            snapshot();
        } catch (IOException failed) {
            throw new IOException(
                    "'" + directory + "' cannot be compacted and keeps its data: " + failed.getMessage(), failed);
        } finally {
            snapshots.unlock();
        }
    }

    private void compactInBackground() {
        snapshots.lock();
        try {
            if (!closed) {
                snapshot();
            }
        } catch (IOException | UncheckedIOException e) {
            // The log is whole and stays in use; the next batch tries again.
            System.getLogger(DurableStore.class.getName())
                    .log(System.Logger.Level.WARNING, "no snapshot of '" + directory + "' could be written", e);
        } finally {
            snapshots.unlock();
            compacting.set(false);
        }
    }

    /** Writes all maps to a snapshot and starts the log again. */
    private void snapshot() throws IOException {
        FrameLog old;
        long number;
        StoreView view;
        // Most of it before commits wait.
        log.force();
        commits.writeLock().lock();
        try {
            old = log;
            number = startLog();
            view = memory.frozen();
        } finally {
            commits.writeLock().unlock();
        }
        old.close();
        Path unfinished = generations.unfinished();
        // An earlier attempt may have left more bytes than this one has.
        files.delete(unfinished);
        write(view, unfinished);
        snapshotBytes = files.size(unfinished);
        files.move(unfinished, generations.snapshot(number));
        generations.deleteBefore(number);
    }

    /** Writes a snapshot; a failed one, on a full disk for example, must not take the space that the log needs. */
    private void write(StoreView view, Path unfinished) throws IOException {
        try {
            StoreArchive.write(view, files, unfinished);
        } catch (IOException failed) {
            try {
                files.delete(unfinished);
            } catch (IOException undeletable) {
                failed.addSuppressed(undeletable);
            }
            throw failed;
        }
    }

    @Override
    public void sync() {
        commits.readLock().lock();
        try {
            log.force();
        } finally {
            commits.readLock().unlock();
        }
    }

    /** Waits for a snapshot that is being written, then closes the files and unlocks the directory. */
    @Override
    public void close() {
        snapshots.lock();
        try {
            closed = true;
            closeFiles();
        } finally {
            snapshots.unlock();
        }
    }

    private void closeFiles() {
        commits.writeLock().lock();
        try {
            log.close();
            unlock(directoryLock, directory);
            memory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("'" + directory + "' cannot be closed: " + e.getMessage(), e);
        } finally {
            commits.writeLock().unlock();
        }
    }
}
