package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one invocation.
 *
 * @param requestId the id that the function saw as {@code awsRequestId}
 * @param functionError null on success, otherwise {@code Unhandled} or {@code Handled}, as in Lambda's
 *     X-Amz-Function-Error
 * @param payload the answer, or Lambda's error object ({@code errorMessage}, {@code errorType}, {@code stackTrace})
 * @param duration the time the handler ran
 * @param logTail the last 4 KB of the invocation's log lines
 */
public record Invocation(
        String requestId, @Nullable String functionError, byte[] payload, Duration duration, String logTail) {

    public Invocation {
        requireNonNull(requestId, "requestId");
        requireNonNull(payload, "payload");
        requireNonNull(duration, "duration");
        requireNonNull(logTail, "logTail");
    }

    public boolean failed() {
        return functionError != null;
    }

    public Optional<String> error() {
        return Optional.ofNullable(functionError);
    }

    /** Returns the error object of a failed invocation as one line: {@code TYPE: MESSAGE}. */
    public String errorText() {
        try {
            JsonNode object = Json.mapper().readTree(payload);
            String type = object.path("errorType").asText("");
            String message = object.path("errorMessage").asText("");
            return type.isEmpty() ? message : type + ": " + message;
        } catch (IOException broken) {
            return "the function failed with an error that is not JSON: " + broken.getMessage();
        }
    }
}
