package dev.ingestkit.local.events;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an event source mapping of a Kinesis stream, in the Lambda API's units: one type for what a
 * template declares, the API accepts and the runtime uses. Immutable. Bounds are checked by the code that
 * reads the settings, so that each reader reports its own error.
 *
 * @param enabled whether the mapping delivers
 * @param startingPosition the position to begin at in a shard without a checkpoint
 * @param batching the rules that gather records into batches
 * @param retries the treatment of a batch after a function error
 * @param reportBatchItemFailures whether the function's answer names the records that failed
 * @param tumblingWindowSeconds 0 for none, up to 900
 * @param filterPatterns event patterns, any of which lets a record pass; empty lets all pass
 * @param onFailureDestination the ARN that is notified of records that are given up; null for none
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">
 *     CreateEventSourceMapping</a>
 */
public record MappingSettings(
        boolean enabled,
        StartingPosition startingPosition,
        Batching batching,
        Retries retries,
        boolean reportBatchItemFailures,
        int tumblingWindowSeconds,
        List<String> filterPatterns,
        @Nullable String onFailureDestination) {

    /** AWS's defaults: batches of 100, no window, no limit to retries and age. */
    public static final MappingSettings DEFAULT = new MappingSettings(
            true, StartingPosition.trimHorizon(), Batching.DEFAULT, Retries.DEFAULT, false, 0, List.of(), null);

    public MappingSettings {
        requireNonNull(startingPosition, "startingPosition");
        requireNonNull(batching, "batching");
        requireNonNull(retries, "retries");
        filterPatterns = List.copyOf(filterPatterns);
    }

    /** Returns the length of the tumbling windows, zero for none. */
    public Duration tumblingWindow() {
        return Duration.ofSeconds(tumblingWindowSeconds);
    }

    /** Returns whether the mapping aggregates in tumbling windows. */
    public boolean isTumbling() {
        return tumblingWindowSeconds > 0;
    }

    /** Returns the ARN that is notified of records that are given up. */
    public Optional<String> onFailure() {
        return Optional.ofNullable(onFailureDestination);
    }

    /**
     * The rules that gather records into batches.
     *
     * @param size records in an invocation, 1 to 10,000
     * @param windowSeconds how long records are gathered, 0 to 300. AWS polls a shard about once a second; here a
     * window
     *     of 0 delivers at once
     * @param parallelizationFactor batches of one shard at a time, 1 to 10
     */
    public record Batching(int size, int windowSeconds, int parallelizationFactor) {

        /** Batches of 100 records, one at a time, delivered at once. */
        public static final Batching DEFAULT = new Batching(100, 0, 1);

        /** Returns the batching window. */
        public Duration window() {
            return Duration.ofSeconds(windowSeconds);
        }
    }

    /**
     * The treatment of a batch after a function error.
     *
     * @param maxAttempts retries of a batch, {@link #NO_LIMIT} or 0 to 10,000
     * @param maxRecordAgeSeconds the age up to which a record is delivered, {@link #NO_LIMIT} or 60 to 604,800
     * @param bisectBatch whether a failed batch is halved
     */
    public record Retries(int maxAttempts, int maxRecordAgeSeconds, boolean bisectBatch) {

        /** The value of a limit that does not apply. */
        public static final int NO_LIMIT = -1;

        /** Retries until a batch succeeds or its records expire. */
        public static final Retries DEFAULT = new Retries(NO_LIMIT, NO_LIMIT, false);

        /** Returns the age up to which a record is delivered; empty for no limit. */
        public Optional<Duration> maxRecordAge() {
            return maxRecordAgeSeconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(maxRecordAgeSeconds));
        }
    }
}
