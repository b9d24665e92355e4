package dev.ingestkit.local.time;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits for its time on a {@link RuntimeClock}: once, or repeatedly with a pause between its end and its
 * next start. Ordered by time, then by the order of scheduling. A periodic task that throws does not run again.
 */
final class TimedTask<V> extends FutureTask<V> implements ScheduledFuture<V> {

    private static final Comparator<TimedTask<?>> ORDER =
            Comparator.<TimedTask<?>, Instant>comparing(TimedTask::due).thenComparing(task -> task.number);

    private final RuntimeClock clock;
    private final ClockScheduler scheduler;
    private final @Nullable Duration period;
    private Instant due = Instant.MIN;
    private long number;
    private @Nullable Future<?> alarm;

    TimedTask(RuntimeClock clock, ClockScheduler scheduler, Callable<V> work, @Nullable Duration period) {
        super(work);
        this.clock = clock;
        this.scheduler = scheduler;
        this.period = period;
    }

    boolean isPeriodic() {
        return period != null;
    }

    boolean isOf(ClockScheduler other) {
        return scheduler == other;
    }

    /** Returns the time at which the task is due; it changes only while the task is on no list. */
    Instant due() {
        return due;
    }

    void becomesDue(Instant time, long scheduleNumber) {
        due = time;
        number = scheduleNumber;
    }

    /** Checks the clock again after a real delay. Guarded by the clock's lock. */
    void arm(Duration delay) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = scheduler.alarm(this, delay);
    }

    /** Runs the task on its scheduler's thread, now. */
    void start() {
        try {
            scheduler.execute(this);
        } catch (RejectedExecutionException shutDown) {
            // Shut down between two steps of the clock, which drops waiting tasks.
            cancel(false);
        }
    }

    /** Runs the task on the calling thread, unless its scheduler is shut down. */
    void runHere() {
        clock.activity().begin();
        try {
            if (scheduler.isShutdown()) {
                cancel(false);
            } else {
                run();
            }
        } finally {
            clock.activity().end();
        }
    }

    /** Runs the task if it is due by the clock. */
    void runIfDue() {
        if (clock.take(this)) {
            try {
                run();
            } finally {
                clock.activity().end();
            }
        }
    }

    @Override
    public void run() {
        if (period == null) {
            super.run();
        } else if (runAndReset() && !scheduler.isShutdown()) {
            clock.await(this, period);
        }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        clock.drop(this);
        Future<?> pending = alarm;
        if (pending != null) {
            pending.cancel(false);
        }
        return super.cancel(mayInterrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(Duration.between(clock.instant(), due));
    }

    @Override
    public int compareTo(Delayed other) {
        return ORDER.compare(this, (TimedTask<?>) requireNonNull(other, "other"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
