package dev.ingestkit.local.mapping;

import java.time.Duration;

/**
 * Runs a mapping's decisions one after another, so that its state needs no locks. Tests use one that runs on virtual
 * time; {@link ThreadEventLoop} runs on a thread of its own.
 */
public interface EventLoop extends AutoCloseable {

    /** Runs a task after all that were given before. May be called from any thread. After closing it does nothing. */
    void execute(Runnable task);

    /**
     * Runs a task once, later.
     *
     * @param delay zero or more
     * @return cancels the task, if it has not begun
     */
    Timer schedule(Duration delay, Runnable task);

    @Override
    void close();

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {
        /** Cancels the task, if it has not begun. */
        void cancel();
    }
}
