package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.event.EventVersion;

/**
 * The facts that the table stores about an event beside its payload.
 *
 * @param version orders this event among others with its id
 * @param record the record that brought the event
 * @param payload how the payload is stored
 */
public record EventMetadata(EventVersion version, StreamedRecord record, StoredPayload payload) {

    public EventMetadata {
        requireNonNull(version, "version");
        requireNonNull(record, "record");
        requireNonNull(payload, "payload");
    }
}
