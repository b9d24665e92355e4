package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.event.EventId;

/**
 * An event read back from the table.
 *
 * @param id its key
 * @param metadata the facts stored beside the payload
 * @param payload its JSON in UTF-8: as exact as {@link PayloadEncoding} says
 */
public record StoredEvent(EventId id, EventMetadata metadata, byte[] payload) {

    public StoredEvent {
        requireNonNull(id, "id");
        requireNonNull(metadata, "metadata");
        requireNonNull(payload, "payload");
    }
}
