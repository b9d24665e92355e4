package dev.ingestkit.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Creates parsers and generators for JSON as RFC 8259 defines it. Thread-safe.
 *
 * <p>Jackson's read limits are lifted: they protect programs that turn input into Java numbers or recurse into it, and
 * would reject a deep or long, but valid, event. Callers bound the input's length and their own recursion.
 */
public final class StrictJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private StrictJson() {}

    /** Returns a parser of {@code json}, which must not change while it is read. */
    public static JsonParser parser(byte[] json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** Returns a parser of {@code json}. */
    public static JsonParser parser(String json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** Returns a generator that writes UTF-8 without insignificant white space. Closing it closes {@code target}. */
    public static JsonGenerator generator(OutputStream target) throws IOException {
        return FACTORY.createGenerator(target);
    }
}
