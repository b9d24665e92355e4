package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.event.EventVersion;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts that the table stores about an event beside its payload.
 *
 * @param version orders this event among others with its id
 * @param arrivedAt when the stream accepted the event
 * @param sequenceNumber the record's sequence number
 * @param shard the record's shard
 * @param sha256 the SHA-256 of the payload as it was sent
 * @param size the payload's length as it was sent, in bytes
 * @param encoding how the payload is stored in the items
 * @param parts how many items the event takes
 * @param binaryReason why the payload is stored as bytes; null if it is stored as attributes
 */
public record EventMetadata(
        EventVersion version,
        Instant arrivedAt,
        String sequenceNumber,
        String shard,
        String sha256,
        int size,
        PayloadEncoding encoding,
        int parts,
        @Nullable BinaryReason binaryReason) {

    public EventMetadata {
        requireNonNull(version, "version");
        requireNonNull(arrivedAt, "arrivedAt");
        requireNonNull(sequenceNumber, "sequenceNumber");
        requireNonNull(shard, "shard");
        requireNonNull(sha256, "sha256");
        requireNonNull(encoding, "encoding");
    }

    /** Returns why the payload is stored as bytes; empty if it is stored as attributes. */
    public Optional<BinaryReason> reason() {
        return Optional.ofNullable(binaryReason);
    }
}
