package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one event at the API; the components are its JSON form.
 *
 * @param number the event's index in the input, from 1
 * @param status the HTTP status of the last answer; 0 without an answer
 * @param sequenceNumber the record's sequence number; null unless accepted
 * @param attempts the number of posts
 * @param millis the time from the first post to the last answer
 * @param error the API's error, or the reason for no answer; null when accepted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SendOutcome(
        long number,
        String id,
        int status,
        @Nullable String shardId,
        @Nullable String sequenceNumber,
        int attempts,
        double millis,
        @Nullable String error) {

    public SendOutcome {
        requireNonNull(id, "id");
    }

    /** Returns whether the event was accepted. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }
}
