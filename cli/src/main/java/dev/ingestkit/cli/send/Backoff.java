package dev.ingestkit.cli.send;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Calculates the wait before a retry: doubling, with full jitter, and never shorter than the server's Retry-After. */
final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long MAX_WAIT_MILLIS = 10_000;
    /** The maximum Retry-After that is respected: it is better to report an event than to hold it for minutes. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(60);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param attempt the number of failed attempts, from 1
     * @param retryAfter the value of the Retry-After header, if present
     */
    Duration before(int attempt, Optional<String> retryAfter) {
        long ceiling = Math.min(MAX_WAIT_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 20));
        Duration own = Duration.ofMillis(1 + random.nextLong(ceiling));
        Duration asked = retryAfter.flatMap(Backoff::seconds).orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /** Reads seconds; ignores dates, the header's other form, which neither API Gateway nor the kit sends. */
    private static Optional<Duration> seconds(String header) {
        if (!header.strip().matches("\\d{1,9}")) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(header.strip()));
        return Optional.of(asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked);
    }
}
