package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Calculates the wait before a retry: a back-off with full jitter, never shorter than the server's Retry-After. */
final class RetryDelay {

    private static final Backoff BACKOFF = Backoff.fullJitter(Duration.ofMillis(100), Duration.ofSeconds(10));

    /** The maximum Retry-After that is respected: it is better to report an event than to hold it for minutes. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(60);

    private final RandomGenerator random;

    RetryDelay(RandomGenerator random) {
        this.random = requireNonNull(random, "random");
    }

    /**
     * Returns the wait before the next attempt.
     *
     * @param failures the number of failed attempts, from 1
     * @param retryAfter the value of the Retry-After header, if present
     */
    Duration before(int failures, Optional<String> retryAfter) {
        Duration own = BACKOFF.after(failures, random);
        Duration requested = retryAfter.flatMap(RetryDelay::seconds).orElse(Duration.ZERO);
        return requested.compareTo(own) > 0 ? requested : own;
    }

    /** Reads seconds; ignores dates, the header's other form, which neither API Gateway nor the kit sends. */
    private static Optional<Duration> seconds(String header) {
        if (!header.strip().matches("\\d{1,9}")) {
            return Optional.empty();
        }
        Duration requested = Duration.ofSeconds(Long.parseLong(header.strip()));
        return Optional.of(requested.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : requested);
    }
}
