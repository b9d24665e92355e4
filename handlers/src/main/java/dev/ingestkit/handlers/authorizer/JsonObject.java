package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parsed JSON object.
 *
 * @param members values by name: String, BigDecimal, Boolean, null, List, Map. Of a name that occurs twice, the last
 */
record JsonObject(Map<String, @Nullable Object> members) {

    JsonObject {
        requireNonNull(members, "members");
    }

    /**
     * Reads a JSON object.
     *
     * @throws JsonSyntaxException when the bytes are not a JSON object. The message has no part of the text, which may
     * be
     *     secret
     */
    static JsonObject parse(byte[] utf8) {
        return parse(new String(utf8, StandardCharsets.UTF_8));
    }

    /** Parses a text as {@link #parse(byte[])} parses bytes. */
    static JsonObject parse(String text) {
        return wrap(new JsonReader(text).read()).orElseThrow(() -> new JsonSyntaxException("no JSON object"));
    }

    Optional<String> string(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<BigDecimal> number(String name) {
        return members.get(name) instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
    }

    Optional<JsonObject> object(String name) {
        return wrap(members.get(name));
    }

    @SuppressWarnings("unchecked") // JsonReader makes maps of this type only
    private static Optional<JsonObject> wrap(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? Optional.of(new JsonObject((Map<String, @Nullable Object>) map))
                : Optional.empty();
    }
}
