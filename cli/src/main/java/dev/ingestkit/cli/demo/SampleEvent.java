package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

/**
 * One event to be sent.
 *
 * @param kind what it is about: {@code order}, {@code payment} …
 * @param id the event's id, also its partition key
 * @param payload JSON in UTF-8; handed over, not changed any more
 */
record SampleEvent(String kind, String id, byte[] payload) {

    SampleEvent {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        requireNonNull(payload, "payload");
    }
}
