package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.item.EventMetadata;
import java.time.Instant;

/**
 * A stored event without its payload. Its fields are the tool's interface.
 *
 * @param size of the payload as it was sent, in bytes
 * @param encoding how the payload lies in the table: {@code attributes}, {@code binary} or {@code gzip}
 * @param parts how many items it takes
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

    /** What the table tells about the event of that id. */
    public static EventSummary of(String id, EventMetadata metadata) {
        return new EventSummary(
                id,
                metadata.arrivedAt(),
                metadata.size(),
                metadata.encoding().label(),
                metadata.parts(),
                metadata.shard(),
                metadata.sequenceNumber(),
                metadata.sha256());
    }
}
