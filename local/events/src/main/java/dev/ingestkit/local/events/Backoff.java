package dev.ingestkit.local.events;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between the attempts of a failing call: doubled each time up to a cap, then randomized, so that callers
 * that failed together do not retry together. Immutable; each call passes the random generator.
 *
 * @param first the wait before the first retry, before randomizing; above zero
 * @param cap the upper limit of every wait before randomizing
 * @param minShare the smallest fraction of the doubled wait to wait, 0 or more
 * @param maxShare the largest fraction; equal to {@code minShare} for no randomness
 */
public record Backoff(Duration first, Duration cap, double minShare, double maxShare) {

    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("a back-off needs 0 < first <= cap: " + first + ", " + cap);
        }
        if (!(minShare >= 0 && maxShare >= minShare && maxShare <= 2)) {
            throw new IllegalArgumentException(
                    "a back-off needs 0 <= minShare <= maxShare <= 2: " + minShare + ", " + maxShare);
        }
    }

    /**
     * Returns a back-off whose waits differ from the doubled wait by up to a fraction of it.
     *
     * @param jitter the fraction, 0 (no randomness) to 1
     */
    public static Backoff around(Duration first, Duration cap, double jitter) {
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be 0 to 1: " + jitter);
        }
        return new Backoff(first, cap, 1 - jitter, 1 + jitter);
    }

    /** Returns a back-off that waits between half of the doubled wait and all of it. */
    public static Backoff equalJitter(Duration first, Duration cap) {
        return new Backoff(first, cap, 0.5, 1);
    }

    /** Returns a back-off that waits any time up to the doubled wait. */
    public static Backoff fullJitter(Duration first, Duration cap) {
        return new Backoff(first, cap, 0, 1);
    }

    /**
     * Returns the wait after a number of failures in a row.
     *
     * @param failures at least 1
     */
    public Duration after(int failures, RandomGenerator random) {
        long factor = 1L << Math.min(Math.max(failures, 1) - 1, MAX_DOUBLINGS);
        double nanos = Math.min((double) first.toNanos() * factor, (double) cap.toNanos());
        double share = minShare == maxShare ? minShare : minShare + (maxShare - minShare) * random.nextDouble();
        return Duration.ofNanos((long) (nanos * share));
    }
}
