package dev.ingestkit.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for entries of a pipeline's journal. */
final class Waiting {

    private final IngestPipeline pipeline;
    private final Object lock = new Object();
    private long entries;

    private Waiting(IngestPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Waits until an expectation holds, which is checked after each entry of the journal. While the clock is frozen,
     * the wait ends as soon as nothing is in progress, since nothing will happen before the clock is moved.
     *
     * @throws AssertionError with the failure's description
     */
    static void until(IngestPipeline pipeline, BooleanSupplier holds, Supplier<String> failure) {
        Waiting waiting = new Waiting(pipeline);
        AutoCloseable listening = pipeline.journal().listen(waiting::entryCame);
        try {
            waiting.run(holds, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", interrupted);
        } finally {
            close(listening);
        }
    }

    private static void close(AutoCloseable listening) {
        try {
            listening.close();
        } catch (Exception failed) {
            throw new IllegalStateException("the journal's listener cannot be removed", failed);
        }
    }

    private void entryCame() {
        synchronized (lock) {
            entries++;
            lock.notifyAll();
        }
    }

    private void run(BooleanSupplier holds, Supplier<String> failure) throws InterruptedException {
        long end = System.nanoTime() + pipeline.maxWait().toNanos();
        long seen;
        do {
            synchronized (lock) {
                seen = entries;
            }
            if (holds.getAsBoolean()) {
                return;
            }
            if (pipeline.runtimeClock().reading().frozen()) {
                requireSettled(holds, failure);
                return;
            }
        } while (newEntry(seen, end));
        throw new AssertionError("%s%nnot within %s seconds".formatted(failure.get(), seconds(pipeline.maxWait())));
    }

    private void requireSettled(BooleanSupplier holds, Supplier<String> failure) throws InterruptedException {
        pipeline.runtimeClock().settle();
        if (!holds.getAsBoolean()) {
            throw new AssertionError(
                    failure.get() + "\nthe clock is frozen, so nothing more happens: advance it, or resume it");
        }
    }

    /** Waits for an entry after those seen; returns false after the timeout. */
    private boolean newEntry(long seen, long end) throws InterruptedException {
        synchronized (lock) {
            while (entries == seen) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
            return true;
        }
    }

    private static String seconds(Duration maxWait) {
        return maxWait.toMillis() % 1_000 == 0
                ? Long.toString(maxWait.toSeconds())
                : Double.toString(maxWait.toMillis() / 1_000.0);
    }
}
