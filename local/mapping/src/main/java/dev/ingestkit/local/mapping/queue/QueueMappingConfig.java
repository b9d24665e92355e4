package dev.ingestkit.local.mapping.queue;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.QueueMappingSettings;
import dev.ingestkit.local.mapping.InvalidMappingException;
import dev.ingestkit.local.pattern.PatternFilter;

/**
 * An event source mapping as CreateEventSourceMapping describes it for an SQS queue, within AWS's limits. Immutable.
 *
 * @param uuid the mapping's id
 * @param functionArn the function to invoke, with or without qualifier
 * @param queueArn the queue
 * @param settings how messages are delivered
 */
public record QueueMappingConfig(String uuid, String functionArn, String queueArn, QueueMappingSettings settings) {

    private static final int MAX_FILTERS = 10;
    private static final int MAX_UNGATHERED = 10;

    /**
     * Checks AWS's limits.
     *
     * @throws InvalidMappingException with the code and message of the Lambda API
     */
    public QueueMappingConfig {
        requireNonNull(uuid, "uuid");
        requireNonNull(functionArn, "functionArn");
        requireNonNull(queueArn, "queueArn");
        within("batchSize", settings.batchSize(), 1, 10_000);
        within("maximumBatchingWindowInSeconds", settings.windowSeconds(), 0, 300);
        settings.maximumConcurrency().ifPresent(value -> within("scalingConfig.maximumConcurrency", value, 2, 1_000));
        checkGathering(queueArn, settings);
        if (settings.filterPatterns().size() > MAX_FILTERS) {
            throw InvalidMappingException.invalidValue("Too many filters: at most %d are allowed, %d were given"
                    .formatted(MAX_FILTERS, settings.filterPatterns().size()));
        }
        try {
            PatternFilter.compile(settings.filterPatterns(), "body");
        } catch (IllegalArgumentException invalid) {
            throw InvalidMappingException.invalidValue(
                    "Invalid filter pattern definition. (" + invalid.getMessage() + ")");
        }
    }

    private static void checkGathering(String queueArn, QueueMappingSettings settings) {
        boolean fifo = queueArn.endsWith(".fifo");
        if (settings.batchSize() > MAX_UNGATHERED && fifo) {
            throw InvalidMappingException.invalidValue(
                    "Batch size %d is above the maximum of 10 for FIFO queues".formatted(settings.batchSize()));
        }
        if (settings.windowSeconds() > 0 && fifo) {
            throw InvalidMappingException.invalidValue("Batching window is not supported for FIFO queues");
        }
        if (settings.batchSize() > MAX_UNGATHERED && settings.windowSeconds() == 0) {
            throw InvalidMappingException.invalidValue(
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
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

    /** Returns whether the queue delivers in order. */
    boolean isFifo() {
        return queueArn.endsWith(".fifo");
    }

    /** Returns the same mapping with other settings. */
    public QueueMappingConfig withSettings(QueueMappingSettings value) {
        return new QueueMappingConfig(uuid, functionArn, queueArn, value);
    }

    /** Returns the same mapping to another function. */
    public QueueMappingConfig withFunction(String arn) {
        return new QueueMappingConfig(uuid, arn, queueArn, settings);
    }
}
