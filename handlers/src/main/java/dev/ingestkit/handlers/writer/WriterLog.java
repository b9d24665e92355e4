package dev.ingestkit.handlers.writer;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One JSON object a line. Neither payloads nor event ids, which are payload too, get in here. Thread-safe. */
final class WriterLog {

    private final LambdaLogger logger;
    private final String requestId;

    WriterLog(LambdaLogger logger, String requestId) {
        this.logger = logger;
        this.requestId = requestId;
    }

    void batch(int records, BatchResult result) {
        line("INFO", "batch", json -> {
            json.writeNumberField("records", records);
            for (Outcome.Kind kind : Outcome.Kind.values()) {
                json.writeNumberField(
                        kind.name().toLowerCase(Locale.ROOT), result.counts().getOrDefault(kind, 0));
            }
            json.writeStringField("reported", result.failed());
        });
    }

    void record(RecordOrigin origin, Outcome outcome) {
        if (outcome instanceof Outcome.Parked parked) {
            line("WARN", "parked", json -> {
                origin(json, origin);
                json.writeStringField("code", parked.code().name());
            });
        } else if (outcome instanceof Outcome.Stopped stopped) {
            line("ERROR", "stopped", json -> {
                origin(json, origin);
                json.writeStringField("reason", stopped.reason());
            });
        }
    }

    private static void origin(JsonGenerator json, RecordOrigin origin) throws IOException {
        json.writeStringField("shard", origin.shard());
        json.writeStringField("sequenceNumber", origin.sequenceNumber());
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private void line(String level, String event, Fields fields) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(256);
        try (JsonGenerator json = StrictJson.generator(target)) {
            json.writeStartObject();
            json.writeStringField("level", level);
            json.writeStringField("event", event);
            json.writeStringField("requestId", requestId);
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array refused to grow", e);
        }
        logger.log(target.toString(StandardCharsets.UTF_8));
    }
}
