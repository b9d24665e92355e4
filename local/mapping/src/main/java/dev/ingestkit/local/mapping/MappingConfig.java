package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.MappingSettings;
import dev.ingestkit.local.events.MappingSettings.Batching;
import dev.ingestkit.local.events.MappingSettings.Retries;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.mapping.filter.EventFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping as CreateEventSourceMapping describes it for a stream, within AWS's limits.
 * Immutable; created by {@link #builder} or from a template's settings.
 *
 * @param uuid the mapping's id
 * @param functionArn the function to invoke, with or without qualifier
 * @param roleArn the function's execution role, the events' {@code invokeIdentityArn}
 * @param eventSourceArn the ARN of a Kinesis stream, of a consumer of one with enhanced fan-out, or of the stream of a
 *     DynamoDB table
 * @param settings how records are delivered
 */
public record MappingConfig(
        String uuid, String functionArn, String roleArn, String eventSourceArn, MappingSettings settings) {

    private static final int MAX_FILTERS = 10;

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
        check(kindOf(eventSourceArn), settings);
        if (kindOf(eventSourceArn) == EventSourceKind.DYNAMODB
                && settings.startingPosition().kind() == StartingPosition.Kind.AT_TIMESTAMP) {
            throw InvalidMappingException.invalidValue("Unsupported starting position for arn type: " + eventSourceArn);
        }
    }

    private static EventSourceKind kindOf(String eventSourceArn) {
        return EventSourceKind.of(eventSourceArn)
                .orElseThrow(() -> InvalidMappingException.invalidValue("Unrecognized event source."));
    }

    private static void check(EventSourceKind kind, MappingSettings settings) {
        Batching batching = settings.batching();
        within("batchSize", batching.size(), 1, 10_000);
        within("maximumBatchingWindowInSeconds", batching.windowSeconds(), 0, 300);
        within("maximumRetryAttempts", settings.retries().maxAttempts(), Retries.NO_LIMIT, 10_000);
        int age = settings.retries().maxRecordAgeSeconds();
        within("maximumRecordAgeInSeconds", age, Retries.NO_LIMIT, 604_800);
        within("parallelizationFactor", batching.parallelizationFactor(), 1, 10);
        within("tumblingWindowInSeconds", settings.tumblingWindowSeconds(), 0, 900);
        if (age >= 0 && age < 60) {
            throw InvalidMappingException.invalidValue(
                    "MaximumRecordAgeInSeconds must be -1 (no limit) or between 60 and 604800: " + age);
        }
        if (settings.filterPatterns().size() > MAX_FILTERS) {
            throw InvalidMappingException.invalidValue("Too many filters: at most %d are allowed, %d were given"
                    .formatted(MAX_FILTERS, settings.filterPatterns().size()));
        }
        try {
            EventFilter.compile(kind, settings.filterPatterns());
        } catch (IllegalArgumentException invalid) {
            throw InvalidMappingException.invalidValue(
                    "Invalid filter pattern definition. (" + invalid.getMessage() + ")");
        }
    }

    private static void within(String member, int value, int min, int max) {
        if (value < min) {
            throw InvalidMappingException.outOfRange(member, value, "greater than or equal to " + min);
        }
        if (value > max) {
            throw InvalidMappingException.outOfRange(member, value, "less than or equal to " + max);
        }
    }

    /** Returns a builder with AWS's defaults. */
    public static Builder builder(String uuid, String functionArn, String eventSourceArn) {
        return new Builder(uuid, functionArn, eventSourceArn);
    }

    /** Returns a builder with the same values. */
    public Builder toBuilder() {
        return new Builder(uuid, functionArn, eventSourceArn).roleArn(roleArn).settings(settings);
    }

    /** Returns the service that the records come from. */
    public EventSourceKind kind() {
        return kindOf(eventSourceArn);
    }

    /** Returns the ARN of the stream that is read, even if the source is a consumer. */
    public String streamArn() {
        int consumer = eventSourceArn.indexOf("/consumer/");
        return consumer < 0 ? eventSourceArn : eventSourceArn.substring(0, consumer);
    }

    /** Gathers a configuration; {@link #build} checks it. Not thread-safe. */
    public static final class Builder {

        private final String uuid;
        private final String eventSourceArn;
        private String functionArn;
        private String roleArn = "arn:aws:iam::000000000000:role/lambda-role";
        private boolean enabled;
        private StartingPosition startingPosition;
        private Batching batching;
        private Retries retries;
        private boolean reportBatchItemFailures;
        private int tumblingWindowSeconds;
        private List<String> filterPatterns;
        private @Nullable String onFailureDestination;

        private Builder(String uuid, String functionArn, String eventSourceArn) {
            this.uuid = uuid;
            this.functionArn = functionArn;
            this.eventSourceArn = eventSourceArn;
            MappingSettings defaults = MappingSettings.DEFAULT;
            enabled = defaults.enabled();
            startingPosition = defaults.startingPosition();
            batching = defaults.batching();
            retries = defaults.retries();
            filterPatterns = defaults.filterPatterns();
        }

        /** Replaces all settings. */
        public Builder settings(MappingSettings value) {
            enabled = value.enabled();
            startingPosition = value.startingPosition();
            batching = value.batching();
            retries = value.retries();
            reportBatchItemFailures = value.reportBatchItemFailures();
            tumblingWindowSeconds = value.tumblingWindowSeconds();
            filterPatterns = value.filterPatterns();
            onFailureDestination = value.onFailureDestination();
            return this;
        }

        /** Sets the function to invoke. */
        public Builder functionArn(String value) {
            functionArn = value;
            return this;
        }

        /** Sets the function's execution role. */
        public Builder roleArn(String value) {
            roleArn = value;
            return this;
        }

        /** Sets the starting position. */
        public Builder startingPosition(StartingPosition value) {
            startingPosition = value;
            return this;
        }

        /** Sets whether the mapping is enabled. */
        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        /** Sets the maximum number of records in a batch. */
        public Builder batchSize(int value) {
            batching = new Batching(value, batching.windowSeconds(), batching.parallelizationFactor());
            return this;
        }

        /** Sets the batching window. */
        public Builder batchingWindowSeconds(int value) {
            batching = new Batching(batching.size(), value, batching.parallelizationFactor());
            return this;
        }

        /** Sets the parallelization factor: the batches of one shard at a time. */
        public Builder parallelizationFactor(int value) {
            batching = new Batching(batching.size(), batching.windowSeconds(), value);
            return this;
        }

        /** Sets the maximum number of retries of a batch. */
        public Builder maximumRetryAttempts(int value) {
            retries = new Retries(value, retries.maxRecordAgeSeconds(), retries.bisectBatch());
            return this;
        }

        /** Sets the maximum age of a record. */
        public Builder maximumRecordAgeSeconds(int value) {
            retries = new Retries(retries.maxAttempts(), value, retries.bisectBatch());
            return this;
        }

        /** Sets whether a failed batch is halved. */
        public Builder bisectBatchOnFunctionError(boolean value) {
            retries = new Retries(retries.maxAttempts(), retries.maxRecordAgeSeconds(), value);
            return this;
        }

        /** Sets whether the function's answers name the records that failed. */
        public Builder reportBatchItemFailures(boolean value) {
            reportBatchItemFailures = value;
            return this;
        }

        /** Sets the length of tumbling windows. */
        public Builder tumblingWindowSeconds(int value) {
            tumblingWindowSeconds = value;
            return this;
        }

        /** Sets the filter's event patterns. */
        public Builder filterPatterns(List<String> value) {
            filterPatterns = List.copyOf(value);
            return this;
        }

        /** Sets the on-failure destination. */
        public Builder onFailureDestination(@Nullable String value) {
            onFailureDestination = value;
            return this;
        }

        /**
         * Returns the configuration.
         *
         * @throws InvalidMappingException if AWS would reject it
         */
        public MappingConfig build() {
            MappingSettings settings = new MappingSettings(
                    enabled,
                    startingPosition,
                    batching,
                    retries,
                    reportBatchItemFailures,
                    tumblingWindowSeconds,
                    filterPatterns,
                    onFailureDestination);
            return new MappingConfig(uuid, functionArn, roleArn, eventSourceArn, settings);
        }
    }
}
