package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping as CreateEventSourceMapping describes it for a Kinesis stream, with AWS's defaults and
 * limits. Immutable; made by {@link #builder}.
 *
 * @param uuid the mapping's id
 * @param functionArn what is invoked, with or without qualifier
 * @param roleArn the function's execution role, the events' {@code invokeIdentityArn}
 * @param eventSourceArn the stream's ARN, or that of a consumer of it with enhanced fan-out
 * @param startingPosition where to begin in a shard that has no checkpoint
 * @param enabled whether it runs
 * @param batchSize records in an invocation, 1 to 10,000
 * @param batchingWindowSeconds how long records are gathered, 0 to 300. AWS polls a shard about once a second; here a
 *     window of 0 delivers at once
 * @param maximumRetryAttempts repetitions after a function error, -1 for no limit, 0 to 10,000
 * @param maximumRecordAgeSeconds the oldest record that is delivered, -1 for no limit, 60 to 604,800
 * @param bisectBatchOnFunctionError whether a failed batch is halved
 * @param parallelizationFactor batches of one shard at a time, 1 to 10
 * @param reportBatchItemFailures whether the function's answer names what failed
 * @param tumblingWindowSeconds 0 for none, up to 900
 * @param filterPatterns event patterns, any of which lets a record pass; empty lets all pass. At most 10
 * @param onFailureDestination the ARN told of records that are given up; null for none
 */
public record MappingConfig(
        String uuid,
        String functionArn,
        String roleArn,
        String eventSourceArn,
        StartingPosition startingPosition,
        boolean enabled,
        int batchSize,
        int batchingWindowSeconds,
        int maximumRetryAttempts,
        int maximumRecordAgeSeconds,
        boolean bisectBatchOnFunctionError,
        int parallelizationFactor,
        boolean reportBatchItemFailures,
        int tumblingWindowSeconds,
        List<String> filterPatterns,
        @Nullable String onFailureDestination) {

    public static final int DEFAULT_BATCH_SIZE = 100;
    public static final int NO_LIMIT = -1;

    private static final int MOST_FILTERS = 10;

    /**
     * Checks AWS's limits.
     *
     * @throws InvalidMappingException with the code and message of the Lambda API
     */
    public MappingConfig {
        requireNonNull(uuid, "uuid");
        requireNonNull(functionArn, "functionArn");
        requireNonNull(roleArn, "roleArn");
        requireNonNull(eventSourceArn, "eventSourceArn");
        requireNonNull(startingPosition, "startingPosition");
        filterPatterns = List.copyOf(filterPatterns);
        within("batchSize", batchSize, 1, 10_000);
        within("maximumBatchingWindowInSeconds", batchingWindowSeconds, 0, 300);
        within("maximumRetryAttempts", maximumRetryAttempts, NO_LIMIT, 10_000);
        within("maximumRecordAgeInSeconds", maximumRecordAgeSeconds, NO_LIMIT, 604_800);
        within("parallelizationFactor", parallelizationFactor, 1, 10);
        within("tumblingWindowInSeconds", tumblingWindowSeconds, 0, 900);
        if (maximumRecordAgeSeconds >= 0 && maximumRecordAgeSeconds < 60) {
            throw InvalidMappingException.invalidValue(
                    "MaximumRecordAgeInSeconds must be -1 (no limit) or between 60 and 604800: "
                            + maximumRecordAgeSeconds);
        }
        if (filterPatterns.size() > MOST_FILTERS) {
            throw InvalidMappingException.invalidValue("Too many filters: at most %d are allowed, %d were given"
                    .formatted(MOST_FILTERS, filterPatterns.size()));
        }
        EventFilter.compile(filterPatterns);
    }

    private static void within(String member, int value, int least, int most) {
        if (value < least) {
            throw InvalidMappingException.outOfRange(member, value, "greater than or equal to " + least);
        }
        if (value > most) {
            throw InvalidMappingException.outOfRange(member, value, "less than or equal to " + most);
        }
    }

    /** A mapping with AWS's defaults: batches of 100, no window, no limit to retries and age, TRIM_HORIZON. */
    public static Builder builder(String uuid, String functionArn, String eventSourceArn) {
        return new Builder(uuid, functionArn, eventSourceArn);
    }

    /** The same values, to be changed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The stream that is read, also where a consumer is the source. */
    public String streamArn() {
        int consumer = eventSourceArn.indexOf("/consumer/");
        return consumer < 0 ? eventSourceArn : eventSourceArn.substring(0, consumer);
    }

    public Duration batchingWindow() {
        return Duration.ofSeconds(batchingWindowSeconds);
    }

    public Optional<Duration> maximumRecordAge() {
        return maximumRecordAgeSeconds < 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(maximumRecordAgeSeconds));
    }

    public Optional<String> onFailure() {
        return Optional.ofNullable(onFailureDestination);
    }

    /** Gathers a configuration; {@link #build} checks it. Not thread-safe. */
    public static final class Builder {

        private final String uuid;
        private final String eventSourceArn;
        private String functionArn;
        private String roleArn = "arn:aws:iam::000000000000:role/lambda-role";
        private StartingPosition startingPosition = StartingPosition.trimHorizon();
        private boolean enabled = true;
        private int batchSize = DEFAULT_BATCH_SIZE;
        private int batchingWindowSeconds;
        private int maximumRetryAttempts = NO_LIMIT;
        private int maximumRecordAgeSeconds = NO_LIMIT;
        private boolean bisectBatchOnFunctionError;
        private int parallelizationFactor = 1;
        private boolean reportBatchItemFailures;
        private int tumblingWindowSeconds;
        private List<String> filterPatterns = List.of();
        private @Nullable String onFailureDestination;

        private Builder(String uuid, String functionArn, String eventSourceArn) {
            this.uuid = uuid;
            this.functionArn = functionArn;
            this.eventSourceArn = eventSourceArn;
        }

        private Builder(MappingConfig from) {
            this(from.uuid, from.functionArn, from.eventSourceArn);
            roleArn = from.roleArn;
            startingPosition = from.startingPosition;
            enabled = from.enabled;
            batchSize = from.batchSize;
            batchingWindowSeconds = from.batchingWindowSeconds;
            maximumRetryAttempts = from.maximumRetryAttempts;
            maximumRecordAgeSeconds = from.maximumRecordAgeSeconds;
            bisectBatchOnFunctionError = from.bisectBatchOnFunctionError;
            parallelizationFactor = from.parallelizationFactor;
            reportBatchItemFailures = from.reportBatchItemFailures;
            tumblingWindowSeconds = from.tumblingWindowSeconds;
            filterPatterns = from.filterPatterns;
            onFailureDestination = from.onFailureDestination;
        }

        public Builder functionArn(String value) {
            functionArn = value;
            return this;
        }

        public Builder roleArn(String value) {
            roleArn = value;
            return this;
        }

        public Builder startingPosition(StartingPosition value) {
            startingPosition = value;
            return this;
        }

        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        public Builder batchingWindowSeconds(int value) {
            batchingWindowSeconds = value;
            return this;
        }

        public Builder maximumRetryAttempts(int value) {
            maximumRetryAttempts = value;
            return this;
        }

        public Builder maximumRecordAgeSeconds(int value) {
            maximumRecordAgeSeconds = value;
            return this;
        }

        public Builder bisectBatchOnFunctionError(boolean value) {
            bisectBatchOnFunctionError = value;
            return this;
        }

        public Builder parallelizationFactor(int value) {
            parallelizationFactor = value;
            return this;
        }

        public Builder reportBatchItemFailures(boolean value) {
            reportBatchItemFailures = value;
            return this;
        }

        public Builder tumblingWindowSeconds(int value) {
            tumblingWindowSeconds = value;
            return this;
        }

        public Builder filterPatterns(List<String> value) {
            filterPatterns = List.copyOf(value);
            return this;
        }

        public Builder onFailureDestination(@Nullable String value) {
            onFailureDestination = value;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws InvalidMappingException when AWS would refuse it
         */
        public MappingConfig build() {
            return new MappingConfig(
                    uuid,
                    functionArn,
                    roleArn,
                    eventSourceArn,
                    startingPosition,
                    enabled,
                    batchSize,
                    batchingWindowSeconds,
                    maximumRetryAttempts,
                    maximumRecordAgeSeconds,
                    bisectBatchOnFunctionError,
                    parallelizationFactor,
                    reportBatchItemFailures,
                    tumblingWindowSeconds,
                    filterPatterns,
                    onFailureDestination);
        }
    }
}
