package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a call is tried again: twice as long each time, and a random part of it so that many callers
 * do not come back together.
 *
 * @param attempts calls in all, from 1
 * @param first the longest wait before the second call
 * @param longest the bound of all waits
 */
record Patience(int attempts, Duration first, Duration longest, RandomGenerator random) {

    Patience {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more: " + attempts);
        }
        requireNonNull(first, "first");
        requireNonNull(longest, "longest");
        requireNonNull(random, "random");
    }

    boolean allowsAfter(int attemptsMade) {
        return attemptsMade < attempts;
    }

    /** @param attemptsMade from 1 */
    Duration waitAfter(int attemptsMade) {
        long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(attemptsMade - 1, 20));
        return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
    }
}
