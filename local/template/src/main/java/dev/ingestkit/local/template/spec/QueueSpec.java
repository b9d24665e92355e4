package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.util.Optional;

/**
 * An SQS queue to be created.
 *
 * @param url the URL that {@code Ref} returns
 * @param properties the resource's properties as {@code AWS::SQS::Queue} names them, with the queue's name; policies
 *     are JSON in a string, as CreateQueue accepts them
 */
public record QueueSpec(ResourceIdentity identity, String url, JsonNode properties) implements IdentifiedSpec {

    private static final String REDRIVE_POLICY = "RedrivePolicy";

    public QueueSpec {
        requireNonNull(identity, "identity");
        requireNonNull(url, "url");
        requireNonNull(properties, "properties");
    }

    /** Returns whether the queue has a dead letter queue, which must exist first. */
    public boolean hasDeadLetterQueue() {
        return properties.has(REDRIVE_POLICY);
    }

    /** Returns the ARN of the queue to which the redrive policy moves messages; empty if there is none or it is not JSON. */
    public Optional<String> deadLetterQueue() {
        try {
            return Optional.of(Json.mapper()
                            .readTree(properties.path(REDRIVE_POLICY).asText())
                            .path("deadLetterTargetArn")
                            .asText())
                    .filter(arn -> !arn.isEmpty());
        } catch (JsonProcessingException invalid) {
            // CreateQueue rejects it with a message of its own.
            return Optional.empty();
        }
    }
}
