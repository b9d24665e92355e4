package dev.ingestkit.cli.send;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before trying again: doubling, with full jitter, never less than the server asked for. */
final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 10_000;
    /** A server that asks for longer is not obeyed: the event is better reported than held for minutes. */
    private static final Duration MOST_OBEYED = Duration.ofSeconds(60);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param attempt how many have failed, from 1
     * @param retryAfter the value of the header, if there was one
     */
    Duration before(int attempt, Optional<String> retryAfter) {
        long ceiling = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 20));
        Duration own = Duration.ofMillis(1 + random.nextLong(ceiling));
        Duration asked = retryAfter.flatMap(Backoff::seconds).orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /** Dates, the header's other form, are not obeyed: API Gateway and the kit send seconds. */
    private static Optional<Duration> seconds(String header) {
        if (!header.strip().matches("\\d{1,9}")) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(header.strip()));
        return Optional.of(asked.compareTo(MOST_OBEYED) > 0 ? MOST_OBEYED : asked);
    }
}
