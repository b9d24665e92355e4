package dev.ingestkit.local.events;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON mappers that all parts share: a mapper is costly to create and caches type information. Callers must not
 * configure them; a caller that needs another configuration creates its own. Thread-safe.
 */
public final class Json {

    private Json() {}

    /** Returns the mapper with Jackson's defaults. */
    public static ObjectMapper mapper() {
        return Plain.MAPPER;
    }

    /** Returns the mapper that keeps numbers to the last digit and rejects anything after the value. */
    public static ObjectMapper exactMapper() {
        return Exact.MAPPER;
    }

    /**
     * Reads JSON that a part of the runtime has stored.
     *
     * @param content the content's name in the error, such as "a queue"
     * @throws UncheckedIOException if the bytes are not JSON
     */
    public static JsonNode stored(byte[] json, String content) {
        try {
            return mapper().readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(content + " in the data directory is not JSON", malformed);
        }
    }

    /** A separate class, so that only the mappers in use are created. */
    private static final class Plain {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }

    /** Holds the exact mapper, as {@link Plain} holds the other. */
    private static final class Exact {
        private static final ObjectMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }
}
