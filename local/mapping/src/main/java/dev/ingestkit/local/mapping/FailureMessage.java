package dev.ingestkit.local.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The message that tells an on-failure destination of records that were given up: AWS's JSON for queues and topics,
 * member for member. It holds no records; they are read back from the shard by their sequence numbers, or stand
 * beside it in {@link FailureNotice#messageWithPayload}.
 *
 * @param requestId the last invocation's id, or a new one if there was none
 * @param attempt the last failed attempt; null if there was none
 * @param window the tumbling window; null without
 */
record FailureMessage(
        String requestId,
        String functionArn,
        DiscardCondition condition,
        int approximateInvokeCount,
        @Nullable FailedAttempt attempt,
        Instant timestamp,
        String shardId,
        String streamArn,
        Batch batch,
        @Nullable TumblingWindow window) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    String json() {
        StringWriter text = new StringWriter(768);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            requestContext(json);
            responseContext(json);
            json.writeStringField("version", "1.0");
            json.writeStringField("timestamp", MILLIS.format(timestamp));
            batchInfo(json);
            windowInfo(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return text.toString();
    }

    private void requestContext(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("requestContext");
        json.writeStringField("requestId", requestId);
        json.writeStringField("functionArn", functionArn);
        json.writeStringField("condition", condition.label());
        json.writeNumberField("approximateInvokeCount", approximateInvokeCount);
        json.writeEndObject();
    }

    /** Missing as a whole for an expired record; with a null error when the function's own answer named the failures. */
    private void responseContext(JsonGenerator json) throws IOException {
        if (attempt == null || !attempt.answered() || condition == DiscardCondition.RECORD_AGE_EXCEEDED) {
            return;
        }
        json.writeObjectFieldStart("responseContext");
        json.writeNumberField("statusCode", 200);
        json.writeStringField("executedVersion", executedVersion());
        json.writeStringField("functionError", attempt.functionError());
        json.writeEndObject();
    }

    /** The ARN's qualifier where it is a version's number. */
    private String executedVersion() {
        String qualifier = functionArn.substring(functionArn.lastIndexOf(':') + 1);
        return functionArn.split(":", -1).length > 7 && qualifier.matches("\\d+") ? qualifier : "$LATEST";
    }

    private void batchInfo(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("KinesisBatchInfo");
        json.writeStringField("shardId", shardId);
        if (batch.size() > 0) {
            json.writeStringField("startSequenceNumber", batch.first().sequenceNumber());
            json.writeStringField("endSequenceNumber", batch.last().sequenceNumber());
            json.writeStringField(
                    "approximateArrivalOfFirstRecord",
                    MILLIS.format(batch.first().arrival()));
            json.writeStringField(
                    "approximateArrivalOfLastRecord", MILLIS.format(batch.last().arrival()));
            json.writeNumberField("batchSize", batch.size());
        }
        json.writeStringField("streamArn", streamArn);
        json.writeEndObject();
    }

    private void windowInfo(JsonGenerator json) throws IOException {
        if (window == null) {
            return;
        }
        json.writeObjectFieldStart("timeWindowInfo");
        json.writeObjectFieldStart("window");
        json.writeStringField("start", window.start().toString());
        json.writeStringField("end", window.end().toString());
        json.writeEndObject();
        json.writeBooleanField("isFinalInvokeForWindow", batch.lastOfWindow());
        json.writeBooleanField("isWindowTerminatedEarly", window.terminatedEarly());
        json.writeEndObject();
    }
}
