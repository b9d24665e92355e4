package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Reads the redrive policies of queues, which name the queues for messages that were received too often. Thread-safe. */
final class RedrivePolicies {

    private final SqsClient sqs;

    RedrivePolicies(SqsClient sqs) {
        this.sqs = requireNonNull(sqs, "sqs");
    }

    /** Returns the name of the queue that a queue's policy names. */
    Optional<String> target(String url) {
        try {
            String policy = sqs.getQueueAttributes(
                            request -> request.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                    .attributes()
                    .get(QueueAttributeName.REDRIVE_POLICY);
            if (policy == null) {
                return Optional.empty();
            }
            JsonNode arn = Json.mapper().readTree(policy).path("deadLetterTargetArn");
            return arn.isTextual() ? Optional.of(Arn.nameIn(arn.textValue())) : Optional.empty();
        } catch (SqsException | JsonProcessingException unreadable) {
            // Without the policy the choice among several queues is not clear, which the caller reports.
            return Optional.empty();
        }
    }
}
