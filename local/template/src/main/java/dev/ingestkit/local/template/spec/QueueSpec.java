package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An SQS queue to be created.
 *
 * @param url the URL that {@code Ref} returns
 * @param properties the resource's properties as {@code AWS::SQS::Queue} names them, with the queue's name; policies
 *     are JSON in a string, as CreateQueue accepts them
 */
public record QueueSpec(ResourceIdentity identity, String url, JsonNode properties) implements IdentifiedSpec {

    public QueueSpec {
        requireNonNull(identity, "identity");
        requireNonNull(url, "url");
        requireNonNull(properties, "properties");
    }

    /** Returns whether the queue has a dead letter queue, which must exist first. */
    public boolean hasDeadLetterQueue() {
        return properties.has("RedrivePolicy");
    }
}
