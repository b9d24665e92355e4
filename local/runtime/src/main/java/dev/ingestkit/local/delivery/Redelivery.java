package dev.ingestkit.local.delivery;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Backoff;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Repeats deliveries that fail on the receiver's side: throttled, failed inside the service, or unanswered. As on AWS, a
 * receiver that does not exist or refuses the message is not tried again. A delivery may arrive twice. Thread-safe.
 * Deliveries that wait are lost when the process ends.
 */
public final class Redelivery {

    private final Policy policy;
    private final Clock clock;
    private final ScheduledExecutorService timers;
    private final SplittableRandom random = new SplittableRandom();

    /**
     * The retries of a service.
     *
     * @param atOnce the number of retries without a wait
     * @param backoff the waits before the others
     * @param maxRetries the number of all retries
     * @param maxAge the time after which a delivery is not tried again
     */
    public record Policy(int atOnce, Backoff backoff, int maxRetries, Duration maxAge) {

        /**
         * The retries of SNS for queues and functions.
         *
         * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html">Message delivery
         *     retries</a>
         */
        public static final Policy SNS = new Policy(
                3, Backoff.around(Duration.ofSeconds(1), Duration.ofSeconds(20), 0), 100_015, Duration.ofDays(23));

        /**
         * The retries of EventBridge where a target has no retry policy.
         *
         * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html">Retry
         *     policies</a>
         */
        public static final Policy EVENT_BRIDGE = new Policy(
                0, Backoff.equalJitter(Duration.ofSeconds(1), Duration.ofMinutes(10)), 185, Duration.ofHours(24));

        public Policy {
            requireNonNull(backoff, "backoff");
            requireNonNull(maxAge, "maxAge");
        }
    }

    /**
     * Creates retries.
     *
     * @param timers passes the waits by the clock; closed by the caller
     */
    public Redelivery(Policy policy, Clock clock, ScheduledExecutorService timers) {
        this.policy = requireNonNull(policy, "policy");
        this.clock = requireNonNull(clock, "clock");
        this.timers = requireNonNull(timers, "timers");
    }

    /**
     * Delivers.
     *
     * @return completes as the last attempt does
     */
    public CompletionStage<Void> deliver(Supplier<CompletionStage<Void>> attempt) {
        CompletableFuture<Void> delivered = new CompletableFuture<>();
        attempt(attempt, 0, clock.instant().plus(policy.maxAge()), delivered);
        return delivered;
    }

    private void attempt(
            Supplier<CompletionStage<Void>> attempt, int retries, Instant end, CompletableFuture<Void> delivered) {
        CompletionStage<?> unused = begin(attempt).whenComplete((done, failure) -> {
            if (failure == null) {
                delivered.complete(null);
            } else {
                retry(attempt, retries + 1, end, delivered, Completions.unwrap(failure));
            }
        });
    }

    private static CompletionStage<Void> begin(Supplier<CompletionStage<Void>> attempt) {
        try {
            return attempt.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void retry(
            Supplier<CompletionStage<Void>> attempt,
            int retries,
            Instant end,
            CompletableFuture<Void> delivered,
            Throwable failure) {
        Duration wait =
                retries <= policy.atOnce() ? Duration.ZERO : policy.backoff().after(retries - policy.atOnce(), random);
        if (!isOfReceiver(failure)
                || retries > policy.maxRetries()
                || clock.instant().plus(wait).isAfter(end)) {
            delivered.completeExceptionally(failure);
            return;
        }
        try {
            var unused = timers.schedule(
                    () -> attempt(attempt, retries, end, delivered), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            delivered.completeExceptionally(failure);
        }
    }

    private static boolean isOfReceiver(Throwable failure) {
        return failure instanceof DroppedConnectionException
                || (failure instanceof ServiceException error
                        && (error.status() == 500
                                || error.status() == 503
                                || error.code().contains("Throttl")
                                || error.code().contains("ThroughputExceeded")));
    }
}
