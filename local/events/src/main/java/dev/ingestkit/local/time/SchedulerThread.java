package dev.ingestkit.local.time;

import dev.ingestkit.local.events.DaemonThreads;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** One daemon thread, which starts with the first task, and its queue. Thread-safe. */
final class SchedulerThread extends ScheduledThreadPoolExecutor {

    private volatile @Nullable Thread working;

    SchedulerThread(String name) {
        super(1, DaemonThreads.named(name));
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a task on the calling thread, which is this one. */
    void work(Runnable task) {
        working = Thread.currentThread();
        try {
            task.run();
        } finally {
            working = null;
        }
    }

    /** Returns whether nothing runs on the thread besides the caller. */
    boolean isFree() {
        Thread current = working;
        return current == null || current == Thread.currentThread();
    }
}
