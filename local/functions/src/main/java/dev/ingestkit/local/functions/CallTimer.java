package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Ends the running call of a function when its time is over. One timer serves many calls, one after another: most end
 * long before, and a timer for each would wake the timers' thread for each. Thread-safe.
 */
final class CallTimer {

    private final FunctionServices services;
    private @Nullable Runnable timedOut;
    private @Nullable Future<?> check;
    private long deadline;
    private long checkAt;

    CallTimer(FunctionServices services) {
        this.services = requireNonNull(services, "services");
    }

    /**
     * Begins the time of a call, or sets that of the running one again; the one before must have ended.
     *
     * @param action runs when the time is over, unless the call has ended
     */
    synchronized void start(Duration allowed, Runnable action) {
        timedOut = action;
        deadline = System.nanoTime() + allowed.toNanos();
        if (check == null || deadline - checkAt < 0) {
            checkAtDeadline(allowed);
        }
    }

    /** Ends the time of the running call. */
    synchronized void stop() {
        timedOut = null;
    }

    private void checkAtDeadline(Duration left) {
        if (check != null) {
            check.cancel(false);
        }
        checkAt = deadline;
        check = services.timer(left, this::check);
    }

    private void check() {
        Runnable due = due();
        if (due != null) {
            due.run();
        }
    }

    private synchronized @Nullable Runnable due() {
        check = null;
        Runnable action = timedOut;
        long left = deadline - System.nanoTime();
        if (action != null && left > 0) {
            checkAtDeadline(Duration.ofNanos(left));
            return null;
        }
        timedOut = null;
        return action;
    }
}
