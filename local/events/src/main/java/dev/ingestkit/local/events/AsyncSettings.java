package dev.ingestkit.local.events;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The treatment of a function's asynchronous invocations, in the Lambda API's units. Immutable.
 *
 * @param maxRetries retries after a function error, 0 to 2
 * @param maxAgeSeconds the age up to which an event is delivered, 60 to 21,600
 * @param onSuccess the ARN of the destination for successes; null for none
 * @param onFailure the ARN of the destination for events that are given up; null for none
 * @param deadLetters the ARN of the queue or topic that receives each event that is given up; null for none
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html">Asynchronous invocation</a>
 */
public record AsyncSettings(
        int maxRetries,
        int maxAgeSeconds,
        @Nullable String onSuccess,
        @Nullable String onFailure,
        @Nullable String deadLetters) {

    /** The settings of AWS where a function has none: two retries within six hours. */
    public static final AsyncSettings DEFAULT = new AsyncSettings(2, 21_600, null, null, null);

    /** Returns the age up to which an event is delivered. */
    public Duration maxAge() {
        return Duration.ofSeconds(maxAgeSeconds);
    }

    /** Returns the ARN of the destination for successes. */
    public Optional<String> success() {
        return Optional.ofNullable(onSuccess);
    }

    /** Returns the ARN of the destination for events that are given up. */
    public Optional<String> failure() {
        return Optional.ofNullable(onFailure);
    }

    /** Returns the ARN that receives each event that is given up. */
    public Optional<String> deadLetterTarget() {
        return Optional.ofNullable(deadLetters);
    }
}
