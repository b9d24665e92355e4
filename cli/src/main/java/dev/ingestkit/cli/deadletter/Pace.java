package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Limits the rate of a redrive. Not thread-safe. */
public final class Pace {

    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

    private final double rate;
    private final BooleanSupplier stopped;
    private final Runnable heartbeat;
    private long due = System.nanoTime();

    /**
     * @param rate records per second; 0 for no limit
     * @param stopped whether to stop
     * @param heartbeat runs repeatedly during waits
     */
    Pace(double rate, BooleanSupplier stopped, Runnable heartbeat) {
        this.rate = rate;
        this.stopped = requireNonNull(stopped, "stopped");
        this.heartbeat = requireNonNull(heartbeat, "heartbeat");
    }

    /** Returns a pace without a limit. */
    static Pace none() {
        return new Pace(0, () -> false, () -> {});
    }

    /** Returns the number of records that may go at once without exceeding the rate noticeably. */
    int max(int limit) {
        return rate <= 0 ? limit : (int) Math.max(1, Math.min(limit, Math.ceil(rate)));
    }

    /** Waits until a number of records may go; returns false when the work must stop instead. */
    boolean await(int records) {
        heartbeat.run();
        if (rate > 0) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(Math.min(left, SLICE));
                heartbeat.run();
            }
            due = Math.max(due, System.nanoTime()) + (long) (records * 1e9 / rate);
        }
        return !stopped.getAsBoolean();
    }
}
