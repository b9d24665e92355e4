package dev.ingestkit.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command stop in order on Ctrl-C or TERM: the stop action runs, and the process waits at most a few seconds for
 * the command to close this object. The exit code stays the signal's: 130 or 143. Thread-safe.
 */
public final class Interruption implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 5;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "ingest-cli-interrupt");
    private Runnable stop = () -> {};
    private boolean happened;

    /** Registers the shutdown hook of this process. */
    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Sets the action that stops the command. Another thread runs it, or this one if the signal has already come. */
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
        awaitClose();
    }

    /** Returns false when the command did not stop in time; the process exits all the same. */
    private boolean awaitClose() {
        try {
            return closed.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns whether the process is about to exit. */
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
