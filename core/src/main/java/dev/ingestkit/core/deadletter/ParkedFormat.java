package dev.ingestkit.core.deadletter;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.core.deadletter.DeadLetter.Parked;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.gzip.Gzip;
import dev.ingestkit.core.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes parked events as messages. Thread-safe.
 *
 * <p>The payload goes in as text if it is UTF-8 and fits, else compressed, else not at all: then the message points
 * into the stream.
 */
public final class ParkedFormat {

    /** SQS's limit for a message, 1 MiB, which is its default too. */
    public static final int QUEUE_LIMIT = 1024 * 1024;

    static final String FORMAT = "ingest-kit/parked";
    static final int VERSION = 1;
    static final String UTF8 = "utf8";
    static final String GZIP_BASE64 = "gzip+base64";
    static final String STREAM = "stream";

    private final int limit;

    /** Creates a format for messages of at most {@code limit} bytes in UTF-8. */
    public ParkedFormat(int limit) {
        this.limit = limit;
    }

    /** Returns {@code parked} as a message that the queue accepts. */
    public String write(Parked parked) {
        byte[] payload = parked.content();
        if (payload == null) {
            return message(parked, STREAM, null);
        }
        String text = payload.length <= limit ? utf8(payload) : null;
        if (text != null) {
            String message = message(parked, UTF8, text);
            if (fits(message)) {
                return message;
            }
        }
        String compressed = message(parked, GZIP_BASE64, Base64.getEncoder().encodeToString(Gzip.compress(payload)));
        return fits(compressed) ? compressed : message(parked, STREAM, null);
    }

    private boolean fits(String message) {
        return message.length() <= limit && message.getBytes(StandardCharsets.UTF_8).length <= limit;
    }

    private static @Nullable String utf8(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException noText) {
            return null;
        }
    }

    private static String message(Parked parked, String encoding, @Nullable String data) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(data == null ? 1024 : data.length() + 1024);
        try (JsonGenerator json = StrictJson.generator(target)) {
            write(parked, encoding, data, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot grow", e);
        }
        return queueText(target.toString(StandardCharsets.UTF_8));
    }

    /** SQS refuses these two characters, so they are written as JSON escapes. */
    private static String queueText(String json) {
        return json.replace("\uFFFE", "\\uFFFE").replace("\uFFFF", "\\uFFFF");
    }

    private static void write(Parked parked, String encoding, @Nullable String data, JsonGenerator json)
            throws IOException {
        RecordOrigin origin = parked.origin();
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeNumberField("version", VERSION);
        json.writeStringField("code", parked.code().name());
        json.writeStringField("reason", parked.reason());
        json.writeStringField("eventId", parked.eventId());
        json.writeStringField("stream", origin.stream());
        json.writeStringField("shard", origin.shard());
        json.writeStringField("sequenceNumber", origin.sequenceNumber());
        json.writeStringField("partitionKey", origin.partitionKey());
        json.writeStringField("arrivedAt", origin.arrivedAt().toString());
        json.writeNumberField("size", parked.size());
        json.writeStringField("sha256", parked.sha256());
        json.writeObjectFieldStart("payload");
        json.writeStringField("encoding", encoding);
        if (data != null) {
            json.writeStringField("data", data);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
