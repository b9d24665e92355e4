package dev.ingestkit.local.events;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The settings of an event source mapping of an SQS queue, in the Lambda API's units. Immutable. Bounds are checked by
 * whoever reads the settings, so that each reader reports its own error.
 *
 * @param enabled whether the mapping delivers
 * @param batchSize messages in an invocation, 1 to 10,000
 * @param windowSeconds how long messages are gathered, 0 to 300
 * @param reportBatchItemFailures whether the function's answer names the messages that failed
 * @param maximumConcurrency invocations at a time, 2 to 1,000; empty for Lambda's own choice
 * @param filterPatterns event patterns, any of which lets a message pass; empty lets all pass
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html">Parameters of SQS
 *     mappings</a>
 */
public record QueueMappingSettings(
        boolean enabled,
        int batchSize,
        int windowSeconds,
        boolean reportBatchItemFailures,
        OptionalInt maximumConcurrency,
        List<String> filterPatterns) {

    /** The settings of AWS where a mapping says nothing: batches of 10 messages, delivered at once. */
    public static final QueueMappingSettings DEFAULT =
            new QueueMappingSettings(true, 10, 0, false, OptionalInt.empty(), List.of());

    public QueueMappingSettings {
        filterPatterns = List.copyOf(filterPatterns);
    }

    /** Returns how long messages are gathered. */
    public Duration window() {
        return Duration.ofSeconds(windowSeconds);
    }

    /** Returns the same settings, delivering or not. */
    public QueueMappingSettings withEnabled(boolean value) {
        return new QueueMappingSettings(
                value, batchSize, windowSeconds, reportBatchItemFailures, maximumConcurrency, filterPatterns);
    }
}
