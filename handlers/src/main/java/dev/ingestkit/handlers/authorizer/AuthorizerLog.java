package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;

/**
 * Logs each request that is not let in, as one JSON object per line. {@code requestId} is the API's: the client gets it
 * in the header {@code x-amzn-RequestId}, and the access log has it too. Neither the Authorization header nor the
 * secret is logged.
 *
 * <p>The template's metric filters count the events {@code refused} and {@code failed}.
 */
record AuthorizerLog(Context context, String requestId) {

    AuthorizerLog {
        requireNonNull(context, "context");
        requireNonNull(requestId, "requestId");
    }

    static AuthorizerLog of(JsonObject event, Context context) {
        return new AuthorizerLog(
                context,
                event.object("requestContext")
                        .flatMap(request -> request.string("requestId"))
                        .orElse(""));
    }

    /** Logs a request with missing or wrong credentials: the client gets 401. */
    void refused(String reason) {
        line(LogLevel.WARN, "refused", reason);
    }

    /** Logs a failure to decide: the client gets 500. */
    void failed(RuntimeException failure) {
        line(LogLevel.ERROR, "failed", String.valueOf(failure.getMessage()));
    }

    /** Writes a line as bytes, since Lambda's logger would wrap a string in JSON of its own. */
    private void line(LogLevel level, String event, String reason) {
        String line = "{\"level\":\"" + level + "\",\"event\":\"" + event + "\",\"requestId\":"
                + JsonText.quote(requestId) + ",\"invocationId\":" + JsonText.quote(context.getAwsRequestId())
                + ",\"reason\":" + JsonText.quote(reason) + "}\n";
        context.getLogger().log(line.getBytes(StandardCharsets.UTF_8), level);
    }
}
