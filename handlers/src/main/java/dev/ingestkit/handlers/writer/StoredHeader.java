package dev.ingestkit.handlers.writer;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * The stored part 0 that caused a write to be rejected.
 *
 * @param version its version; empty if another program than the writer put the item
 * @param sha256 its payload's SHA-256; empty likewise
 * @param parts how many items it takes
 * @param expires when DynamoDB may delete it, in epoch seconds
 */
record StoredHeader(String version, String sha256, int parts, OptionalLong expires) {

    boolean foreign() {
        return version.isEmpty();
    }

    /** DynamoDB may delete expired items days after they expire. */
    boolean expiredAt(Instant now) {
        return expires.isPresent() && expires.getAsLong() <= now.getEpochSecond();
    }
}
