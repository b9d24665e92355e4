package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event source mapping from a Kinesis stream to a function, all values within Lambda's bounds, defaults filled in.
 *
 * @param uuid the same at every start
 * @param function the function's name or ARN, with a qualifier if the template has one
 * @param batchSize 1 to 10,000
 * @param batchWindow up to 300 seconds
 * @param startingTimestamp with {@link StartingPosition#AT_TIMESTAMP} only
 * @param maximumRetryAttempts -1 for without end, to 10,000
 * @param maximumRecordAgeSeconds -1 for without end, or 60 to 604,800
 * @param parallelization batches of one shard at once, 1 to 10
 * @param onFailure the ARN of the destination for what is given up
 * @param tumblingWindow zero for none, up to 900 seconds
 * @param filterPatterns JSON texts; a record passes if one of them matches, all pass if there are none
 */
public record MappingSpec(
        String logicalId,
        String uuid,
        String function,
        String eventSourceArn,
        boolean enabled,
        int batchSize,
        Duration batchWindow,
        StartingPosition startingPosition,
        Optional<Instant> startingTimestamp,
        int maximumRetryAttempts,
        int maximumRecordAgeSeconds,
        boolean bisectOnError,
        int parallelization,
        boolean reportBatchItemFailures,
        Optional<String> onFailure,
        Duration tumblingWindow,
        List<String> filterPatterns) {

    /** Where a mapping begins in a shard that it has never read. */
    public enum StartingPosition {
        TRIM_HORIZON,
        LATEST,
        AT_TIMESTAMP
    }

    public MappingSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(uuid, "uuid");
        requireNonNull(function, "function");
        requireNonNull(eventSourceArn, "eventSourceArn");
        filterPatterns = List.copyOf(filterPatterns);
    }
}
