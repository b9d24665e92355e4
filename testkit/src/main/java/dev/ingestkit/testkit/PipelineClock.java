package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.time.RuntimeClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock of a pipeline. Retries, ages, batching windows, visibility timeouts, retention, cached authorizer
 * decisions, rotation and TTL follow it; functions use the system's time, unless they take this clock. Thread-safe.
 */
public final class PipelineClock {

    private final RuntimeClock clock;

    PipelineClock(RuntimeClock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Returns the clock's time. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Returns the clock as Java's {@link Clock}, for code under test that takes one: a handler that the test has made and
     * put in a function's place reads the stack's time by it.
     */
    public Clock asClock() {
        return clock;
    }

    /** Stops the clock: nothing becomes due until the clock is advanced or resumed. */
    public void freeze() {
        clock.freeze();
    }

    /** Starts a frozen clock from the time at which it was frozen. */
    public void resume() {
        clock.resume();
    }

    /**
     * Moves the clock forward and returns when everything that became due on the way has finished, in the order of due
     * times.
     *
     * @param by zero or more
     */
    public void advance(Duration by) {
        try {
            clock.advance(by);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the clock was advanced by " + by, interrupted);
        }
    }
}
