package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The description of a payload in the table.
 *
 * @param sha256 the SHA-256 of the payload as it was sent
 * @param size the payload's length as it was sent, in bytes
 * @param encoding how the payload is stored in the items
 * @param parts how many items the event takes
 * @param binaryReason why the payload is stored as bytes; null if it is stored as attributes
 */
public record StoredPayload(
        String sha256,
        int size,
        PayloadEncoding encoding,
        int parts,
        @Nullable BinaryReason binaryReason) {

    public StoredPayload {
        requireNonNull(sha256, "sha256");
        requireNonNull(encoding, "encoding");
    }

    /** Returns why the payload is stored as bytes; empty if it is stored as attributes. */
    public Optional<BinaryReason> reason() {
        return Optional.ofNullable(binaryReason);
    }
}
