package dev.ingestkit.handlers.writer;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * The stored part 0 that prevented a write.
 *
 * @param version its version; empty if something else than the writer put the item there
 * @param sha256 its payload's SHA-256; empty likewise
 * @param parts how many items it takes
 * @param expires when DynamoDB may delete it, in epoch seconds
 */
record StoredHeader(String version, String sha256, int parts, OptionalLong expires) {

    boolean foreign() {
        return version.isEmpty();
    }

    /** DynamoDB deletes expired items when it gets to it, which may be days later. */
    boolean expiredAt(Instant now) {
        return expires.isPresent() && expires.getAsLong() <= now.getEpochSecond();
    }
}
