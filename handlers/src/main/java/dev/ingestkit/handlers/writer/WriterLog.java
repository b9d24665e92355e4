package dev.ingestkit.handlers.writer;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Writes one JSON object per line. Neither payloads nor event ids, which are payload too, are logged. A record is
 * identified by shard and sequence number, which the client received in the API's answer beside the request id.
 * Thread-safe.
 */
final class WriterLog {

    private final LambdaLogger logger;
    private final String invocationId;

    WriterLog(LambdaLogger logger, String invocationId) {
        this.logger = logger;
        this.invocationId = invocationId;
    }

    /**
     * The records are of one shard, in its order: every record between the first and the last sequence number is in
     * this batch.
     */
    void batch(List<EventRecord> records, BatchResult result) {
        line(LogLevel.INFO, "batch", json -> {
            json.writeNumberField("records", records.size());
            if (!records.isEmpty()) {
                RecordOrigin first = records.get(0).origin();
                json.writeStringField("shard", first.shard());
                json.writeStringField("firstSequenceNumber", first.sequenceNumber());
                json.writeStringField(
                        "lastSequenceNumber",
                        records.get(records.size() - 1).origin().sequenceNumber());
            }
            for (Outcome.Kind kind : Outcome.Kind.values()) {
                json.writeNumberField(
                        kind.name().toLowerCase(Locale.ROOT), result.counts().getOrDefault(kind, 0));
            }
            json.writeStringField("reported", result.failed());
        });
    }

    void record(RecordOrigin origin, Outcome outcome) {
        switch (outcome.kind()) {
            case PARKED ->
                line(LogLevel.WARN, "parked", json -> {
                    origin(json, origin);
                    json.writeStringField(
                            "code", ((Outcome.Parked) outcome).code().name());
                });
            case STOPPED ->
                line(LogLevel.ERROR, "stopped", json -> {
                    origin(json, origin);
                    json.writeStringField("reason", ((Outcome.Stopped) outcome).reason());
                });
            case STORED, DUPLICATE, SUPERSEDED, KEPT -> {} // counted by the line of the batch
        }
    }

    private static void origin(JsonGenerator json, RecordOrigin origin) throws IOException {
        json.writeStringField("shard", origin.shard());
        json.writeStringField("sequenceNumber", origin.sequenceNumber());
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes a line as bytes, since Lambda's logger would wrap a string in JSON of its own. */
    private void line(LogLevel level, String event, Fields fields) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(256);
        try (JsonGenerator json = StrictJson.generator(target)) {
            json.writeStartObject();
            json.writeStringField("level", level.name());
            json.writeStringField("event", event);
            json.writeStringField("invocationId", invocationId);
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot grow", e);
        }
        target.write('\n');
        logger.log(target.toByteArray(), level);
    }
}
