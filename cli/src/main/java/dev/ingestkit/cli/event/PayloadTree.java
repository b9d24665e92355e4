package dev.ingestkit.cli.event;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Parses payloads to JSON trees without loss: numbers keep all their digits. A payload that no tree can represent (two
 * fields of one name, extreme nesting or exponents) has no tree and stays as bytes. Stateless.
 */
public final class PayloadTree {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private PayloadTree() {}

    /** Returns the tree of a payload; empty if it is not JSON or a tree cannot represent it. */
    public static Optional<JsonNode> of(byte[] payload) {
        try {
            JsonNode tree = MAPPER.readTree(payload);
            return Optional.ofNullable(tree).filter(value -> !value.isMissingNode());
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** Returns a tree as a payload in UTF-8. */
    public static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a tree could not be written as JSON", impossible);
        }
    }
}
