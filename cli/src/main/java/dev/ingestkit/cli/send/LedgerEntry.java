package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the sender knows of one event. A ledger holds one a line, as JSON; of several for one number, the last counts.
 *
 * @param number the event's place in the input
 * @param sha256 of the payload as it was sent
 * @param status the API's last answer; 0 when there was none, and nobody knows
 * @param sequenceNumber where the stream has it; null unless accepted
 * @param time of the answer
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

    /** Whether the stream has the event. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }
}
