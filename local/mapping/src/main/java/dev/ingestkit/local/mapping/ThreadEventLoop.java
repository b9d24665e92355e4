package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An event loop on one daemon thread. A task that throws is logged and does not stop the loop. Thread-safe. */
public final class ThreadEventLoop implements EventLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadEventLoop.class);

    private final ScheduledThreadPoolExecutor executor;

    /**
     * Starts a loop.
     *
     * @param name the thread's name, as a debugger shows it
     */
    public ThreadEventLoop(String name) {
        executor = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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
