package dev.ingestkit.local.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.FunctionReference;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records that Lambda sends to destinations and dead letter queues about an asynchronous invocation.
 * Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Records of asynchronous invocations</a>
 */
final class AsyncRecord {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private AsyncRecord() {}

    /**
     * Returns the record that a destination receives.
     *
     * @param condition {@code Success}, {@code RetriesExhausted}, {@code EventAgeExceeded}
     * @param last the last invocation; null if the function was never run
     */
    static String of(AsyncEvent event, String condition, int invocations, @Nullable Invocation last, Instant now) {
        ObjectNode record =
                Json.mapper().createObjectNode().put("version", "1.0").put("timestamp", TIMESTAMP.format(now));
        record.putObject("requestContext")
                .put("requestId", last == null ? event.id() : last.requestId())
                .put("functionArn", qualified(event.function()))
                .put("condition", condition)
                .put("approximateInvokeCount", invocations);
        record.set("requestPayload", json(event.payload()));
        if (last != null) {
            ObjectNode context =
                    record.putObject("responseContext").put("statusCode", 200).put("executedVersion", "$LATEST");
            last.error().ifPresent(error -> context.put("functionError", error));
            record.set("responsePayload", json(last.payload()));
        }
        return text(record);
    }

    /** Returns the attributes of a message in a function's dead letter queue, whose body is the event itself. */
    static ObjectNode attributes(AsyncEvent event, @Nullable Invocation last) {
        ObjectNode attributes = Json.mapper().createObjectNode();
        attribute(attributes, "RequestID", "String", last == null ? event.id() : last.requestId());
        attribute(attributes, "ErrorCode", "Number", "200");
        String message = last == null
                ? "the function was not run"
                : json(last.payload()).path("errorMessage").asText("");
        // Lambda cuts the text at one kilobyte.
        attribute(
                attributes,
                "ErrorMessage",
                "String",
                message.isEmpty() ? "-" : message.substring(0, Math.min(1_024, message.length())));
        return attributes;
    }

    private static void attribute(ObjectNode attributes, String name, String type, String value) {
        attributes.putObject(name).put("DataType", type).put("StringValue", value);
    }

    private static String qualified(String function) {
        boolean isComplete = !Arn.isArn(function)
                || FunctionReference.parse(function).qualifier().isPresent();
        return isComplete ? function : function + ":$LATEST";
    }

    private static JsonNode json(byte[] payload) {
        try {
            JsonNode tree = Json.exactMapper().readTree(payload);
            return tree.isMissingNode() ? Json.mapper().nullNode() : tree;
        } catch (IOException notJson) {
            return Json.mapper().getNodeFactory().textNode(new String(payload, StandardCharsets.UTF_8));
        }
    }

    private static String text(ObjectNode record) {
        try {
            return Json.exactMapper().writeValueAsString(record);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that was read could not be written", impossible);
        }
    }

    /** Returns an object without message attributes. */
    static ObjectNode none() {
        return Json.mapper().valueToTree(Map.of());
    }
}
