package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Time and randomness for made-up events. With a seed both follow from the seed and the event's number alone: the same
 * events come out again, whichever of them are left out and in whatever order they are asked for. Thread-safe.
 */
public final class Chance {

    private static final Instant SEEDED_START = Instant.parse("2026-01-05T08:00:00Z");
    private static final long SEEDED_MILLIS = 1_717;

    private final Clock clock;
    private final long seed;
    private final boolean seeded;

    /**
     * @param clock for events without a seed
     * @param seed null for other events at each run
     */
    public Chance(Clock clock, @Nullable Long seed) {
        this.clock = requireNonNull(clock, "clock");
        this.seeded = seed != null;
        this.seed = seed == null ? new SplittableRandom().nextLong() : seed;
    }

    /** The values of the event of that number. */
    public EventValues event(long number) {
        Instant time = seeded ? SEEDED_START.plusMillis(number * SEEDED_MILLIS) : clock.instant();
        // Drawn, not added: streams from neighbouring seeds would repeat each other's numbers a step later.
        long own = new SplittableRandom(seed ^ Long.rotateLeft(number, 32)).nextLong();
        return new EventValues(number, time, new SplittableRandom(own));
    }
}
