package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Pace;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Limits the rate of a redrive. Not thread-safe. */
public final class RedrivePace {

    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

    private final double rate;
    private final BooleanSupplier stopped;
    private final Runnable heartbeat;
    private final Pace pace;

    /**
     * @param rate records per second; 0 for no limit
     * @param stopped whether to stop
     * @param heartbeat runs repeatedly during waits
     */
    RedrivePace(double rate, BooleanSupplier stopped, Runnable heartbeat) {
        this.rate = rate;
        this.stopped = requireNonNull(stopped, "stopped");
        this.heartbeat = requireNonNull(heartbeat, "heartbeat");
        this.pace = Pace.steady(rate, System.nanoTime());
    }

    /** Returns a pace without a limit. */
    static RedrivePace none() {
        return new RedrivePace(0, () -> false, () -> {});
    }

    /** Returns the number of records that may go at once without exceeding the rate noticeably. */
    int max(int limit) {
        return rate <= 0 ? limit : (int) Math.max(1, Math.min(limit, Math.ceil(rate)));
    }

    /** Waits until a number of records may go; returns false when the work must stop instead. */
    boolean await(int records) {
        heartbeat.run();
        long due = pace.reserve(records, System.nanoTime());
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(Math.min(left, SLICE));
            heartbeat.run();
        }
        return !stopped.getAsBoolean();
    }
}
