package dev.ingestkit.local.mapping;

import java.time.Duration;

/**
 * Runs a mapping's decisions one after another, so that its state needs no locks. Tests use a loop on virtual
 * time; {@link ThreadEventLoop} runs on its own thread.
 */
public interface EventLoop extends AutoCloseable {

    /**
     * Runs a task after all tasks that were submitted before. May be called from any thread; does nothing after the
     * close.
     */
    void execute(Runnable task);

    /**
     * Runs a task once, later.
     *
     * @param delay zero or more
     * @return a timer that cancels the task, if it has not started
     */
    Timer schedule(Duration delay, Runnable task);

    @Override
    void close();

    /** A scheduled task. */
    @FunctionalInterface
    interface Timer {
        /** Cancels the task, if it has not started. */
        void cancel();
    }
}
