package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A subscription of a topic of the stack. Immutable.
 *
 * @param endpoint the ARN of a queue or function
 * @param attributes the attributes as Subscribe takes them
 */
public record SubscriptionSpec(
        String logicalId, String topicArn, String protocol, String endpoint, Map<String, String> attributes) {

    public SubscriptionSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(topicArn, "topicArn");
        requireNonNull(protocol, "protocol");
        requireNonNull(endpoint, "endpoint");
        attributes = Map.copyOf(attributes);
    }
}
