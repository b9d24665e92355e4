package dev.ingestkit.local.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.FunctionReference;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.mapping.failure.FailureNotice;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The message that notifies an on-failure destination of records that were given up: AWS's JSON for queues and topics,
 * member for member. It holds no records; they are read back from the shard by their sequence numbers, or stored beside
 * it in {@link FailureNotice#messageWithPayload}.
 *
 * @param requestId the last invocation's id, or a new id if there was none
 * @param discard the batch that is given up, with the reason
 * @param work the shard it comes from
 */
record FailureMessage(String requestId, Instant timestamp, Step.Discard discard, ShardWork work) {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    String json() {
        StringWriter text = new StringWriter(768);
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
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
        json.writeStringField("functionArn", work.config().functionArn());
        json.writeStringField("condition", discard.condition().label());
        json.writeNumberField("approximateInvokeCount", invokeCount());
        json.writeEndObject();
    }

    /** Returns the number of invocations. AWS counts one for a record that expires before its first delivery. */
    private int invokeCount() {
        int counted = discard.batch().invocations();
        return discard.condition() == DiscardCondition.RECORD_AGE_EXCEEDED ? Math.max(1, counted) : counted;
    }

    /** Omitted for an expired record; has a null error when the function's own answer named the failures. */
    private void responseContext(JsonGenerator json) throws IOException {
        FailedAttempt attempt = discard.batch().lastFailure();
        if (attempt == null || !attempt.answered() || discard.condition() == DiscardCondition.RECORD_AGE_EXCEEDED) {
            return;
        }
        json.writeObjectFieldStart("responseContext");
        json.writeNumberField("statusCode", 200);
        json.writeStringField("executedVersion", executedVersion());
        json.writeStringField("functionError", attempt.functionError());
        json.writeEndObject();
    }

    /** Returns the ARN's qualifier if it is a version's number. */
    private String executedVersion() {
        return FunctionReference.parse(work.config().functionArn())
                .qualifier()
                .filter(qualifier -> qualifier.matches("\\d+"))
                .orElse("$LATEST");
    }

    private void batchInfo(JsonGenerator json) throws IOException {
        Batch batch = discard.batch();
        json.writeObjectFieldStart(
                switch (work.config().kind()) {
                    case KINESIS -> "KinesisBatchInfo";
                    case DYNAMODB -> "DDBStreamBatchInfo";
                });
        json.writeStringField("shardId", work.shardId());
        if (batch.size() > 0) {
            json.writeStringField(
                    "startSequenceNumber", batch.first().sequenceNumber().text());
            json.writeStringField(
                    "endSequenceNumber", batch.last().sequenceNumber().text());
            json.writeStringField("approximateArrivalOfFirstRecord", arrival(batch.first()));
            json.writeStringField("approximateArrivalOfLastRecord", arrival(batch.last()));
            json.writeNumberField("batchSize", batch.size());
        }
        json.writeStringField("streamArn", work.config().streamArn());
        json.writeEndObject();
    }

    /** Returns a record's arrival; DynamoDB reports whole seconds only. */
    private String arrival(QueuedRecord record) {
        return work.config().kind() == EventSourceKind.DYNAMODB
                ? record.arrival().truncatedTo(ChronoUnit.SECONDS).toString()
                : MILLIS.format(record.arrival());
    }

    private void windowInfo(JsonGenerator json) throws IOException {
        TumblingWindow window = discard.window();
        if (window == null) {
            return;
        }
        json.writeObjectFieldStart("timeWindowInfo");
        json.writeObjectFieldStart("window");
        json.writeStringField("start", window.start().toString());
        json.writeStringField("end", window.end().toString());
        json.writeEndObject();
        json.writeBooleanField("isFinalInvokeForWindow", discard.batch().lastOfWindow());
        json.writeBooleanField("isWindowTerminatedEarly", window.terminatedEarly());
        json.writeEndObject();
    }
}
