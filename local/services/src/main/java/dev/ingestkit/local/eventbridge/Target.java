package dev.ingestkit.local.eventbridge;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A target of a rule. Immutable.
 *
 * @param id its id in the rule
 * @param arn a function, a queue, a topic, a stream or a bus
 * @param input the form of the event that it receives
 * @param parameters {@code MessageGroupId} for FIFO queues, {@code PartitionKeyPath} for streams
 */
public record Target(String id, String arn, TargetInput input, Map<String, String> parameters) {

    public Target {
        requireNonNull(id, "id");
        requireNonNull(arn, "arn");
        requireNonNull(input, "input");
        parameters = Map.copyOf(parameters);
    }
}
