package dev.ingestkit.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order on Ctrl-C or TERM: it is told, and the process waits until it has closed this, for a few
 * seconds at most. The exit code stays the signal's: 130 or 143. Thread-safe.
 */
public final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "ingest-cli-interrupt");
    private Runnable stop = () -> {};
    private boolean happened;

    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What makes the command end soon. Called by another thread, or at once if it is too late already. */
    public void stopBy(Runnable action) {
        boolean late;
        synchronized (this) {
            stop = action;
            late = happened;
        }
        if (late) {
            action.run();
        }
    }

    private void interrupt() {
        Runnable action;
        synchronized (this) {
            happened = true;
            action = stop;
        }
        action.run();
        awaitEnd();
    }

    /** False when it did not end in time; the process ends all the same. */
    private boolean awaitEnd() {
        try {
            return closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the process is about to end. */
    public synchronized boolean happened() {
        return happened;
    }

    @Override
    public void close() {
        closed.countDown();
        if (!happened()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endingJustNow) {
                stopBy(() -> {});
            }
        }
    }
}
