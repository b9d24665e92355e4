package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

/**
 * An event about to be sent.
 *
 * @param number its place in the input, from 1
 * @param id what the request's path names it; the writer takes the body's {@code eventId} first, which is the same here
 * @param payload the request's body
 */
public record OutgoingEvent(long number, String id, byte[] payload) {

    public OutgoingEvent {
        requireNonNull(id, "id");
        requireNonNull(payload, "payload");
    }
}
