package dev.ingestkit.cli.command;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something outside that gives no sign of itself. */
public final class Waiting {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private Waiting() {}

    /**
     * Looks again and again.
     *
     * @return whether the condition held in time; false at once when the thread is interrupted
     */
    public static boolean until(BooleanSupplier condition, Duration patience) {
        return until(condition, patience, PAUSE);
    }

    /** The same with pauses that grow, for what costs something to look at. */
    public static boolean growing(BooleanSupplier condition, Duration patience) {
        return until(condition, patience, LONGEST_PAUSE);
    }

    private static boolean until(BooleanSupplier condition, Duration patience, long longestPause) {
        long end = System.nanoTime() + patience.toNanos();
        long pause = PAUSE;
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left < 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(Math.min(pause, left + 1));
            pause = Math.min(longestPause, pause + pause / 2);
        }
        return true;
    }
}
