package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

/**
 * An event to be sent.
 *
 * @param number the event's index in the input, from 1
 * @param id the id in the request's path, equal to the body's {@code eventId}, which the writer prefers
 * @param payload the request's body
 */
public record OutgoingEvent(long number, String id, byte[] payload) {

    public OutgoingEvent {
        requireNonNull(id, "id");
        requireNonNull(payload, "payload");
    }
}
