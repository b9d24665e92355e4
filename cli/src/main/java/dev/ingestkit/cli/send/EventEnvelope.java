package dev.ingestkit.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.event.PayloadTree;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * One line that keeps an event with its id and its exact bytes: {@code {"format":"ingest-kit/event","id":…,"payload":…}}.
 * Rejected events are written so, dead letters drained so; {@code tail} gives the payload as a value, in {@code data}.
 * Sending takes such lines like any other input. Further fields are for people.
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

    /**
     * The same with the payload as a JSON value in {@code data}, where it is one that a tree can hold; the value's text is
     * then not kept, only what it means.
     */
    public static ObjectNode ofValue(String id, byte[] payload) {
        return PayloadTree.of(payload)
                .map(value -> MAPPER.createObjectNode()
                        .put("format", FORMAT)
                        .put("id", id)
                        .<ObjectNode>set("data", value))
                .orElseGet(() -> of(id, payload));
    }

    /** What lies in the envelope; empty if {@code value} is none. */
    static Optional<Content> open(byte[] value) {
        if (!mayBeOne(value)) {
            return Optional.empty();
        }
        return PayloadTree.of(value)
                .filter(envelope -> FORMAT.equals(envelope.path("format").asText()) && envelope.hasNonNull("id"))
                .flatMap(EventEnvelope::content);
    }

    private static Optional<Content> content(JsonNode envelope) {
        try {
            return Optional.of(new Content(envelope.get("id").asText(), payload(envelope)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static byte[] payload(JsonNode envelope) {
        if (envelope.has("data")) {
            return PayloadTree.bytes(envelope.get("data"));
        }
        return envelope.hasNonNull("payload")
                ? envelope.get("payload").asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(envelope.path("payloadBase64").asText());
    }

    /** A cheap look, so that ordinary events are not parsed for nothing. Fields may have been sorted: it may be anywhere. */
    private static boolean mayBeOne(byte[] value) {
        for (int from = 0; from <= value.length - MARK.length; from++) {
            if (value[from] == MARK[0] && Arrays.equals(value, from, from + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
