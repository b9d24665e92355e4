package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.Optional;

/**
 * A queue's valid redrive policy. Immutable.
 *
 * @param target the dead letter queue
 * @param maxReceiveCount the receives after which a message is moved there
 */
record RedrivePolicy(Arn target, int maxReceiveCount) {

    RedrivePolicy {
        requireNonNull(target, "target");
    }

    /** Returns the policy of a queue; empty without one. */
    static Optional<RedrivePolicy> of(QueueSettings settings) {
        return settings.document("RedrivePolicy")
                .flatMap(document -> Arn.tryParse(
                                document.path("deadLetterTargetArn").asText())
                        .map(target -> new RedrivePolicy(
                                target, document.path("maxReceiveCount").asInt())));
    }
}
