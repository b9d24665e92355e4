package dev.ingestkit.contract;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;

/** Compares JSON by value: numbers by their decimal value, objects regardless of the order of their members. */
final class SameJson {

    private static final JsonMapper MAPPER = mapper();

    /** 1.0 and 1 are equal; everything else must be identical. */
    private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (left, right) -> {
        if (left.equals(right)) {
            return 0;
        }
        boolean numbers = left.isNumber() && right.isNumber();
        return numbers ? left.decimalValue().compareTo(right.decimalValue()) : 1;
    };

    private SameJson() {}

    static boolean same(byte[] left, byte[] right) {
        try {
            return MAPPER.readTree(left).equals(NUMBERS_BY_VALUE, MAPPER.readTree(right));
        } catch (IOException malformed) {
            throw new UncheckedIOException("no JSON", malformed);
        }
    }

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNumberLength(1_048_576)
                        .build());
        return mapper;
    }
}
