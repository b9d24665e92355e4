package dev.ingestkit.local.mapping.failure;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Backoff;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The rules for failed calls of a mapping.
 *
 * @param backoff the waits between retries of reads, invocations and on-failure messages
 * @param random randomizes the waits
 * @param destinationPolicy what to do while the on-failure destination cannot be reached
 * @param ids request ids for messages about records that were never delivered
 */
public record FailureHandling(
        Backoff backoff, RandomGenerator random, DestinationPolicy destinationPolicy, Supplier<String> ids) {

    /**
     * Waits of 200 ms, doubled up to 30 s, 20 % either way. AWS backs off exponentially too but does not publish its
     * times; these are shorter than the times observed there, since a developer waits for them.
     */
    public static final Backoff DEFAULT_BACKOFF = Backoff.around(Duration.ofMillis(200), Duration.ofSeconds(30), 0.2);

    public FailureHandling {
        requireNonNull(backoff, "backoff");
        requireNonNull(random, "random");
        requireNonNull(destinationPolicy, "destinationPolicy");
        requireNonNull(ids, "ids");
    }

    /** Returns the default handling, which never drops an on-failure message. */
    public static FailureHandling standard() {
        return new FailureHandling(
                DEFAULT_BACKOFF,
                new SplittableRandom(),
                DestinationPolicy.RETRY,
                () -> UUID.randomUUID().toString());
    }

    /** Returns the wait after a number of failures in a row. */
    public Duration waitAfter(int failures) {
        return backoff.after(failures, random);
    }
}
