package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Pace;

/**
 * Schedules events on an even grid from the start. A late event does not delay the rest, so that the rate holds over
 * any period. Not thread-safe.
 */
final class Pacer {

    private final SendClock clock;
    private final Pace pace;

    /**
     * @param rate events per second; 0 for no waiting
     */
    Pacer(SendClock clock, double rate) {
        this.clock = requireNonNull(clock, "clock");
        this.pace = Pace.catchingUp(rate, clock.nanos());
    }

    /**
     * Waits for the next event's moment.
     *
     * @return the moment in the clock's nanoseconds; without a rate, now
     */
    long await() throws InterruptedException {
        long due = pace.reserve(1, clock.nanos());
        for (long wait = due - clock.nanos(); wait > 0; wait = due - clock.nanos()) {
            if (!clock.sleep(wait)) {
                return due;
            }
        }
        return due;
    }
}
