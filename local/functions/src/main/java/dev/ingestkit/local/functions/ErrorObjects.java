package dev.ingestkit.local.functions;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.bootstrap.Bootstrap;
import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.events.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;

/** Creates the error objects that Lambda itself answers with when the handler cannot. */
final class ErrorObjects {

    private static final int KILLED = 128 + 9;

    private ErrorObjects() {}

    static byte[] timedOut(String requestId, Duration timeout) {
        return object("Sandbox.Timedout", "RequestId: " + requestId + " Error: " + timeoutText(timeout));
    }

    /** Returns Lambda's words for a timeout: {@code Task timed out after 3.00 seconds}. */
    static String timeoutText(Duration timeout) {
        return String.format(Locale.ROOT, "Task timed out after %.2f seconds", timeout.toMillis() / 1000.0);
    }

    /** Returns the error of an invocation whose process exited. */
    static byte[] exited(String requestId, int status) {
        return object(exitType(status), "RequestId: " + requestId + " Error: " + exitText(status));
    }

    static String exitType(int status) {
        return status == Bootstrap.OUT_OF_MEMORY ? "Runtime.OutOfMemory" : "Runtime.ExitError";
    }

    static String exitText(int status) {
        if (status == 0) {
            return "Runtime exited without providing a reason";
        }
        if (status == KILLED || status == Bootstrap.OUT_OF_MEMORY) {
            return "Runtime exited with error: signal: killed";
        }
        return "Runtime exited with error: exit status " + status;
    }

    /** Returns an error object as one line: its type and message; another text as it is. */
    static String text(String error) {
        try {
            JsonNode object = Json.mapper().readTree(error);
            String type = object.path("errorType").asText("");
            String message = object.path("errorMessage").asText("");
            return type.isEmpty() && message.isEmpty() ? error : (type + ": " + message).replaceFirst("^: |: $", "");
        } catch (JsonProcessingException otherText) {
            return error;
        }
    }

    static byte[] answerTooLarge() {
        return object(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + Frame.MAX_ANSWER + " bytes).");
    }

    private static byte[] object(String type, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator json = Json.mapper().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("errorType", type);
            json.writeStringField("errorMessage", message);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return out.toByteArray();
    }
}
