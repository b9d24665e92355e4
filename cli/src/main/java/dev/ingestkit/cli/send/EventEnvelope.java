package dev.ingestkit.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.event.PayloadTree;
import dev.ingestkit.local.events.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A line that holds an event with its id and exact bytes: {@code {"format":"ingest-kit/event","id":…,"payload":…}}.
 * Rejected events and drained dead letters are written in this form; {@code tail} writes the payload as a value in
 * {@code data}. Send accepts such lines like any other input. Further fields are for people.
 */
public final class EventEnvelope {

    private static final ObjectMapper MAPPER = Json.mapper();

    private static final String FORMAT = "ingest-kit/event";
    private static final byte[] MARK = FORMAT.getBytes(StandardCharsets.UTF_8);

    private EventEnvelope() {}

    /** The content of an envelope. */
    record Content(String id, byte[] payload) {}

    /** Returns an envelope, to which fields may be added. The payload is text if it is UTF-8, otherwise base64. */
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
     * Returns an envelope with the payload as a JSON value in {@code data} if a tree can represent it; keeps the value,
     * but not its exact text.
     */
    public static ObjectNode ofValue(String id, byte[] payload) {
        return PayloadTree.of(payload)
                .map(value -> MAPPER.createObjectNode()
                        .put("format", FORMAT)
                        .put("id", id)
                        .<ObjectNode>set("data", value))
                .orElseGet(() -> of(id, payload));
    }

    /** Returns the content of an envelope; empty if the value is not an envelope. */
    static Optional<Content> open(byte[] value) {
        if (!mayBeEnvelope(value)) {
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

    /** A cheap test that avoids parsing ordinary events; searches everywhere, because fields may be sorted. */
    private static boolean mayBeEnvelope(byte[] value) {
        for (int from = 0; from <= value.length - MARK.length; from++) {
            if (value[from] == MARK[0] && Arrays.equals(value, from, from + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
