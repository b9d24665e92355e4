package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Checks redrive policies: who may name which queue as its dead letter queue. Thread-safe. */
final class RedriveRules {

    private final QueueRegistry registry;

    RedriveRules(QueueRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
    }

    /**
     * @param sourceArn the queue that the settings are for
     * @throws dev.ingestkit.local.protocol.ServiceException for a policy that SQS refuses
     */
    void check(String sourceArn, QueueSettings settings) {
        settings.document("RedrivePolicy").ifPresent(policy -> checkPolicy(sourceArn, settings, policy));
        settings.document("RedriveAllowPolicy").ifPresent(RedriveRules::checkAllowPolicy);
    }

    private void checkPolicy(String sourceArn, QueueSettings settings, JsonNode policy) {
        String shown = policy.toString();
        String target = policy.path("deadLetterTargetArn").asText();
        int receives = policy.path("maxReceiveCount").asInt(-1);
        if (target.isEmpty()) {
            throw refused(shown, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        }
        if (receives < 1 || receives > 1000) {
            throw refused(shown, "Invalid value for maxReceiveCount: it must be from 1 to 1000.");
        }
        Queue deadLetters =
                registry.withArn(target).orElseThrow(() -> refused(shown, "Dead letter target does not exist."));
        if (deadLetters.settings.fifo() != settings.fifo()) {
            throw refused(shown, "Dead-letter queue must be same type of queue as the source.");
        }
        if (!allows(deadLetters, sourceArn)) {
            throw refused(shown, "The dead-letter queue's redrive allow policy does not allow this source queue.");
        }
    }

    private static RuntimeException refused(String policy, String reason) {
        return SqsErrors.invalidValue("RedrivePolicy", policy, reason);
    }

    private static boolean allows(Queue deadLetters, String sourceArn) {
        Optional<JsonNode> policy = deadLetters.settings.document("RedriveAllowPolicy");
        String permission =
                policy.map(node -> node.path("redrivePermission").asText()).orElse("allowAll");
        return switch (permission) {
            case "denyAll" -> false;
            case "byQueue" -> {
                boolean named = false;
                for (JsonNode arn : policy.orElseThrow().path("sourceQueueArns")) {
                    named |= arn.asText().equals(sourceArn);
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
