package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.item.EventMetadata;
import java.time.Instant;

/**
 * A stored event without its payload; the components are its JSON form.
 *
 * @param size the size of the payload as sent, in bytes
 * @param encoding the encoding of the payload in the table: {@code attributes}, {@code binary} or {@code gzip}
 * @param parts the number of items that hold the event
 */
public record EventSummary(
        String id,
        Instant arrivedAt,
        int size,
        String encoding,
        int parts,
        String shard,
        String sequenceNumber,
        String sha256) {

    public EventSummary {
        requireNonNull(id, "id");
        requireNonNull(arrivedAt, "arrivedAt");
    }

    /** Returns the summary of an event from its metadata. */
    public static EventSummary of(String id, EventMetadata metadata) {
        return new EventSummary(
                id,
                metadata.record().arrivedAt(),
                metadata.payload().size(),
                metadata.payload().encoding().label(),
                metadata.payload().parts(),
                metadata.record().shard(),
                metadata.record().sequenceNumber(),
                metadata.payload().sha256());
    }
}
