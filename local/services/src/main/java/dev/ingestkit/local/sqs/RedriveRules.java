package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import java.util.Optional;

/** Validates redrive policies: which queue may name which as its dead letter queue. Thread-safe. */
final class RedriveRules {

    private final QueueRegistry registry;

    RedriveRules(QueueRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
    }

    /**
     * Checks the policies of a queue.
     *
     * @param source the queue that the settings are for
     * @throws dev.ingestkit.local.protocol.ServiceException for a policy that SQS rejects
     */
    void check(Arn source, QueueSettings settings) {
        settings.document("RedrivePolicy").ifPresent(policy -> checkPolicy(source, settings, policy));
        settings.document("RedriveAllowPolicy").ifPresent(RedriveRules::checkAllowPolicy);
    }

    private void checkPolicy(Arn source, QueueSettings settings, JsonNode policy) {
        String text = policy.toString();
        String target = policy.path("deadLetterTargetArn").asText();
        int receives = policy.path("maxReceiveCount").asInt(-1);
        if (target.isEmpty()) {
            throw invalid(text, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        }
        if (receives < 1 || receives > 1000) {
            throw invalid(text, "Invalid value for maxReceiveCount: it must be from 1 to 1000.");
        }
        Queue deadLetters = Arn.tryParse(target)
                .flatMap(registry::withArn)
                .orElseThrow(() -> invalid(text, "Dead letter target does not exist."));
        if (deadLetters.settings.fifo() != settings.fifo()) {
            throw invalid(text, "Dead-letter queue must be same type of queue as the source.");
        }
        if (!allows(deadLetters, source)) {
            throw invalid(text, "The dead-letter queue's redrive allow policy does not allow this source queue.");
        }
    }

    private static RuntimeException invalid(String policy, String reason) {
        return SqsErrors.invalidValue("RedrivePolicy", policy, reason);
    }

    private static boolean allows(Queue deadLetters, Arn source) {
        Optional<JsonNode> policy = deadLetters.settings.document("RedriveAllowPolicy");
        String permission =
                policy.map(node -> node.path("redrivePermission").asText()).orElse("allowAll");
        return switch (permission) {
            case "denyAll" -> false;
            case "byQueue" -> {
                boolean named = false;
                for (JsonNode arn : policy.orElseThrow().path("sourceQueueArns")) {
                    named |= arn.asText().equals(source.toString());
                }
                yield named;
            }
            default -> true;
        };
    }

    private static void checkAllowPolicy(JsonNode policy) {
        String permission = policy.path("redrivePermission").asText();
        int sources = policy.path("sourceQueueArns").size();
        boolean valid = switch (permission) {
            case "allowAll", "denyAll" -> sources == 0;
            case "byQueue" -> sources >= 1 && sources <= 10;
            default -> false;
        };
        if (!valid) {
            throw SqsErrors.invalidValue(
                    "RedriveAllowPolicy",
                    policy.toString(),
                    "redrivePermission must be allowAll, denyAll, or byQueue with 1 to 10 sourceQueueArns.");
        }
    }
}
