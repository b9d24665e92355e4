package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object a line, for what is not let in. {@code requestId} is the API's: the one that the client gets in the
 * header {@code x-amzn-RequestId} and the access log has too. Neither header nor secret gets in here.
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

    /** The client's fault: it gets 401. */
    void refused(String reason) {
        line(LogLevel.WARN, "refused", reason);
    }

    /** Ours: the client gets 500. */
    void failed(RuntimeException failure) {
        line(LogLevel.ERROR, "failed", String.valueOf(failure.getMessage()));
    }

    /** As bytes: Lambda's logger would put a text into JSON of its own, once more. */
    private void line(LogLevel level, String event, String reason) {
        String line = "{\"level\":\"" + level + "\",\"event\":\"" + event + "\",\"requestId\":"
                + JsonText.quote(requestId) + ",\"invocationId\":" + JsonText.quote(context.getAwsRequestId())
                + ",\"reason\":" + JsonText.quote(reason) + "}\n";
        context.getLogger().log(line.getBytes(StandardCharsets.UTF_8), level);
    }
}
