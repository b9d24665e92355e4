package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sender's knowledge of one event. A ledger holds one entry per line, as JSON; the last one for a number counts.
 *
 * @param number the event's index in the input
 * @param sha256 the hash of the payload as sent
 * @param status the HTTP status of the last answer; 0 without an answer, when the outcome is unknown
 * @param sequenceNumber the record's sequence number; null unless accepted
 * @param time the time of the answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LedgerEntry(
        long number,
        String id,
        String sha256,
        int status,
        @Nullable String shardId,
        @Nullable String sequenceNumber,
        Instant time) {

    public LedgerEntry {
        requireNonNull(id, "id");
        requireNonNull(sha256, "sha256");
        requireNonNull(time, "time");
    }

    /** Returns whether the event was accepted. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }
}
