package dev.ingestkit.local.events;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The JSON mappers that all parts share: a mapper is costly to make and caches what it learns. Callers must not
 * configure them; a caller with needs of its own makes its own. Thread-safe.
 */
public final class Json {

    private Json() {}

    /** Returns the mapper with Jackson's defaults. */
    public static ObjectMapper mapper() {
        return Plain.MAPPER;
    }

    /** Returns the mapper that keeps numbers to the last digit and accepts nothing behind the value. */
    public static ObjectMapper exactMapper() {
        return Exact.MAPPER;
    }

    /** A class of its own, so that only the mappers that are used are made. */
    private static final class Plain {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }

    /** As {@link Plain}, for the exact one. */
    private static final class Exact {
        private static final ObjectMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }
}
