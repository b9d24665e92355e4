package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The time and randomness of generated events. With a seed both depend only on the seed and the event's number, so the
 * same events are generated again, in any order and whichever are skipped. Thread-safe.
 */
public final class Chance {

    private static final Instant SEEDED_START = Instant.parse("2026-01-05T08:00:00Z");
    private static final long SEEDED_MILLIS = 1_717;

    private final Clock clock;
    private final long seed;
    private final boolean seeded;

    /**
     * Creates a source of values.
     *
     * @param clock the clock of events without a seed
     * @param seed the seed, or null for different events in each run
     */
    public Chance(Clock clock, @Nullable Long seed) {
        this.clock = requireNonNull(clock, "clock");
        this.seeded = seed != null;
        this.seed = seed == null ? new SplittableRandom().nextLong() : seed;
    }

    /** Returns the values of the event with a number. */
    public EventValues event(long number) {
        Instant time = seeded ? SEEDED_START.plusMillis(number * SEEDED_MILLIS) : clock.instant();
        // Mixed rather than added: neighboring seeds would otherwise repeat each other's numbers one step later.
        long own = new SplittableRandom(seed ^ Long.rotateLeft(number, 32)).nextLong();
        return new EventValues(number, time, new SplittableRandom(own));
    }
}
