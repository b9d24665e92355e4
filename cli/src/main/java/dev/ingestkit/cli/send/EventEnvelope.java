package dev.ingestkit.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * One line that keeps an event with its id and its exact bytes: {@code {"format":"ingest-kit/event","id":…,"payload":…}}.
 * Rejected events are written so, dead letters drained so; sending takes such lines like any other input. Further fields
 * are for people.
 */
public final class EventEnvelope {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FORMAT = "ingest-kit/event";
    private static final byte[] MARK = FORMAT.getBytes(StandardCharsets.UTF_8);

    private EventEnvelope() {}

    /** What an envelope holds. */
    record Content(String id, byte[] payload) {}

    /** The envelope, to which fields may be added. The payload goes in as text when it is UTF-8, else as base64. */
    public static ObjectNode of(String id, byte[] payload) {
        ObjectNode envelope = MAPPER.createObjectNode().put("format", FORMAT).put("id", id);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            return envelope.put("payload", text);
        } catch (CharacterCodingException binary) {
            return envelope.put("payloadBase64", Base64.getEncoder().encodeToString(payload));
        }
    }

    /** What lies in the envelope; empty if {@code value} is none. */
    static Optional<Content> open(byte[] value) {
        if (!mayBeOne(value)) {
            return Optional.empty();
        }
        try {
            JsonNode envelope = MAPPER.readTree(value);
            if (!FORMAT.equals(envelope.path("format").asText()) || !envelope.hasNonNull("id")) {
                return Optional.empty();
            }
            byte[] payload = envelope.hasNonNull("payload")
                    ? envelope.get("payload").asText().getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(envelope.path("payloadBase64").asText());
            return Optional.of(new Content(envelope.get("id").asText(), payload));
        } catch (IOException | IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    /** A cheap look at the beginning, so that ordinary events are not parsed for nothing. */
    private static boolean mayBeOne(byte[] value) {
        int last = Math.min(value.length - MARK.length, 40);
        for (int from = 0; from <= last; from++) {
            if (java.util.Arrays.equals(value, from, from + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
