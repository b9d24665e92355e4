package dev.ingestkit.local.mapping;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a failed call is made again: doubled each time up to a cap, then scattered so that shards
 * that failed together do not come back together. AWS backs off exponentially too but does not publish its times; the
 * defaults are shorter than what is seen there, since a developer waits for them.
 *
 * @param first before the first repetition
 * @param cap never more than this before scattering
 * @param jitter the share by which a wait may be longer or shorter, 0 to 1
 */
public record Backoff(Duration first, Duration cap, double jitter) {

    /** 200 ms, doubled up to 30 s, 20 % either way. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), 0.2);

    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff needs 0 < first <= cap: " + first + ", " + cap);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be 0 to 1: " + jitter);
        }
    }

    /**
     * The wait after a number of failures in a row.
     *
     * @param failures at least 1
     */
    Duration after(int failures, RandomGenerator random) {
        long factor = 1L << Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
        double nanos = Math.min((double) first.toNanos() * factor, (double) cap.toNanos());
        double scattered = jitter == 0 ? nanos : nanos * (1 - jitter + 2 * jitter * random.nextDouble());
        return Duration.ofNanos((long) scattered);
    }
}
