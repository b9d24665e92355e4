package dev.ingestkit.local.mapping;

import dev.ingestkit.local.time.RuntimeClock;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop on one daemon thread, whose timers pass by a clock. A task that throws is logged and does not stop the
 * loop. Thread-safe.
 */
public final class ThreadEventLoop implements EventLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadEventLoop.class);

    private final ScheduledExecutorService executor;

    private ThreadEventLoop(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Starts a loop.
     *
     * @param clock its delays pass by this clock if that can be moved, else in real time
     * @param name the thread's name, as a debugger shows it
     */
    public static ThreadEventLoop on(Clock clock, String name) {
        return new ThreadEventLoop(RuntimeClock.scheduler(clock, name));
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(guarded(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("a task after the close of the loop was dropped", closed);
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            LOG.debug("a timer after the close of the loop was dropped", closed);
            return () -> {};
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error defect) {
                // The executor would swallow it.
                LOG.error("a mapping's task failed; its shard may stop until the mapping is updated", defect);
                if (defect instanceof Error error) {
                    throw error;
                }
            }
        };
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
