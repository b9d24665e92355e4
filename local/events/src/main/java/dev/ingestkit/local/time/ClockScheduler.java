package dev.ingestkit.local.time;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another on a daemon thread of its own, delayed by a {@link RuntimeClock}. A delayed task does
 * not keep its scheduler open. Thread-safe.
 */
final class ClockScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final RuntimeClock clock;
    private final String name;
    private final SchedulerThread thread;
    private final Set<Counted> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean shutDown;
    private volatile boolean threadKept;

    ClockScheduler(RuntimeClock clock, String name) {
        this.clock = clock;
        this.name = name;
        SchedulerThread kept = clock.keptThreads().take(name);
        this.thread = kept == null ? new SchedulerThread(name) : kept;
    }

    /** Checks after a real delay whether a task is due. */
    Future<?> alarm(TimedTask<?> task, Duration delay) {
        return thread.schedule(() -> thread.work(task::runIfDue), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void execute(Runnable task) {
        requireOpen();
        Counted counted = new Counted(task);
        clock.activity().begin();
        waiting.add(counted);
        try {
            thread.execute(counted);
        } catch (RejectedExecutionException closed) {
            counted.drop();
            throw closed;
        }
        if (shutDown) {
            // The thread may be another scheduler's by now.
            counted.drop();
        }
    }

    private void requireOpen() {
        if (shutDown) {
            throw new RejectedExecutionException("the scheduler is shut down");
        }
    }

    /** A task that counts as in progress until it has run, or until the scheduler shuts down before it starts. */
    private final class Counted implements Runnable {

        private final Runnable task;

        Counted(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!waiting.remove(this)) {
                return;
            }
            try {
                thread.work(task);
            } finally {
                clock.activity().end();
            }
        }

        void drop() {
            if (waiting.remove(this)) {
                clock.activity().end();
            }
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return await(Executors.callable(task), delay, unit, null);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return await(task, delay, unit, null);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return await(Executors.callable(task), initialDelay, unit, Duration.of(delay, unit.toChronoUnit()));
    }

    /** Not supported: moving the clock would have to make up for the missed runs. */
    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("a runtime's clock repeats tasks with a fixed delay only");
    }

    private <V> TimedTask<V> await(Callable<V> work, long delay, TimeUnit unit, @Nullable Duration period) {
        requireOpen();
        TimedTask<V> task = new TimedTask<>(clock, this, work, period);
        clock.await(task, Duration.of(delay, unit.toChronoUnit()));
        return task;
    }

    @Override
    public void shutdown() {
        clock.dropAll(this);
        stop();
    }

    /** Drops the tasks that have not started, as nothing may wait for them, and stops the thread or gives it up. */
    private synchronized void stop() {
        if (shutDown) {
            return;
        }
        shutDown = true;
        List.copyOf(waiting).forEach(Counted::drop);
        threadKept = clock.keptThreads().offer(name, thread);
        if (!threadKept) {
            thread.shutdown();
        }
    }

    /** Drops the waiting tasks; a running task is not interrupted. */
    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> dropped = clock.dropAll(this);
        stop();
        return dropped;
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return threadKept || thread.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threadKept || thread.awaitTermination(timeout, unit);
    }
}
