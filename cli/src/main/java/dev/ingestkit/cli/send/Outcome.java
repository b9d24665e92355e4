package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event at the API. Its fields are the tool's interface.
 *
 * @param number its place in the input, from 1
 * @param status the last answer's HTTP status; 0 when there was no answer
 * @param sequenceNumber where it lies in the stream; null unless accepted
 * @param attempts how often it was posted
 * @param millis from the first attempt's begin to the last answer
 * @param error what the API said, or why there was no answer; null when accepted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        long number,
        String id,
        int status,
        @Nullable String shardId,
        @Nullable String sequenceNumber,
        int attempts,
        double millis,
        @Nullable String error) {

    public Outcome {
        requireNonNull(id, "id");
    }

    /** Whether the stream has it. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }
}
