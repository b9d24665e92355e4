package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.QueueMappingSettings;

/**
 * An event source mapping from an SQS queue to a function, all values within Lambda's bounds, defaults filled in.
 * Immutable.
 *
 * @param uuid the same at every start
 * @param function the function's name or ARN, with a qualifier if the template has one
 * @param queueArn the ARN of a queue of the stack
 * @param settings how messages are delivered
 */
public record QueueMappingSpec(
        String logicalId, String uuid, String function, String queueArn, QueueMappingSettings settings) {

    public QueueMappingSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(uuid, "uuid");
        requireNonNull(function, "function");
        requireNonNull(queueArn, "queueArn");
        requireNonNull(settings, "settings");
    }
}
