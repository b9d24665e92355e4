package dev.ingestkit.local.eventbridge;

import java.util.concurrent.CompletionStage;

/** Sends to the targets of rules. Implementations are thread-safe and do not block. */
@FunctionalInterface
public interface TargetSender {

    /**
     * Sends a text to a target.
     *
     * @param ruleArn the rule
     * @param eventId the event's id
     */
    CompletionStage<Void> send(Target target, String payload, String ruleArn, String eventId);
}
