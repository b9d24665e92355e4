package dev.ingestkit.cli.command;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for an outside condition by polling. */
public final class Waiting {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long MAX_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private Waiting() {}

    /**
     * Polls at a fixed interval.
     *
     * @return whether the condition held in time; false at once when the thread is interrupted
     */
    public static boolean until(BooleanSupplier condition, Duration timeout) {
        return until(condition, timeout, PAUSE);
    }

    /** Polls at growing intervals, for conditions that cost something to check. */
    public static boolean growing(BooleanSupplier condition, Duration timeout) {
        return until(condition, timeout, MAX_PAUSE);
    }

    private static boolean until(BooleanSupplier condition, Duration timeout, long maxPause) {
        long end = System.nanoTime() + timeout.toNanos();
        long pause = PAUSE;
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left < 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(Math.min(pause, left + 1));
            pause = Math.min(maxPause, pause + pause / 2);
        }
        return true;
    }
}
