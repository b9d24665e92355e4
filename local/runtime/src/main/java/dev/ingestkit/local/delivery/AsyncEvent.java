package dev.ingestkit.local.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An event that waits for its asynchronous invocation. Immutable.
 *
 * @param function the function's ARN, with or without qualifier
 * @param source the ARN of what invokes: a topic, a rule, a schedule; {@code invoke} for a call of Invoke
 * @param id the event's id
 * @param payload the event as UTF-8 JSON
 * @param accepted when the event was accepted
 */
public record AsyncEvent(String function, String source, String id, byte[] payload, Instant accepted) {

    public AsyncEvent {
        requireNonNull(function, "function");
        requireNonNull(source, "source");
        requireNonNull(id, "id");
        requireNonNull(payload, "payload");
        requireNonNull(accepted, "accepted");
    }
}
