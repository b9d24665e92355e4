package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How fast records go back. Used by one thread. */
public final class Pace {

    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

    private final double rate;
    private final BooleanSupplier stopped;
    private final Runnable heartbeat;
    private long due = System.nanoTime();

    /**
     * @param rate records a second; 0 for as fast as it goes
     * @param stopped whether to end
     * @param heartbeat is called while it waits
     */
    Pace(double rate, BooleanSupplier stopped, Runnable heartbeat) {
        this.rate = rate;
        this.stopped = requireNonNull(stopped, "stopped");
        this.heartbeat = requireNonNull(heartbeat, "heartbeat");
    }

    /** Not held back by anything. */
    static Pace none() {
        return new Pace(0, () -> false, () -> {});
    }

    /** So many records may go at once without a burst that the rate would not explain. */
    int most(int limit) {
        return rate <= 0 ? limit : (int) Math.max(1, Math.min(limit, Math.ceil(rate)));
    }

    /** Waits until so many records may go; false when the work is to end instead. */
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
