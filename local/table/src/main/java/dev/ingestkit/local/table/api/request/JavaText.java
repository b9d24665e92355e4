package dev.ingestkit.local.table.api.request;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a request's values as DynamoDB echoes them in a violation: the way its Java objects print themselves. */
final class JavaText {
    /** Longer echoes end here, so that an answer cannot grow with the request. */
    private static final int MAX = 50_000;

    private JavaText() {}

    static String of(Object value) {
        String text = shown(value);
        return text.length() > MAX ? text.substring(0, MAX) : text;
    }

    /** Returns the text without a limit of its length. */
    static String full(Object value) {
        return shown(value);
    }

    private static String shown(Object value) {
        if (value instanceof Fields fields) {
            return fields.shape().members().stream()
                    .map(member -> member.path() + "=" + orNull(fields.get(member.name())))
                    .collect(Collectors.joining(", ", fields.shape().name() + "(", ")"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JavaText::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return new HashMap<Object, Object>(map)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
        }
        return AttributeText.of(value);
    }

    private static String orNull(@Nullable Object value) {
        return value == null ? "null" : shown(value);
    }
}
