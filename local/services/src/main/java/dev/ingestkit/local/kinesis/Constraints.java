package dev.ingestkit.local.kinesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks an action's members against the API's constraints and reports all violations in one ValidationException, in
 * AWS's wording. Used once, by one thread.
 */
final class Constraints {

    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");
    static final Pattern SEQUENCE_NUMBER = Pattern.compile("0|([1-9]\\d{0,128})");
    private static final int MAX_REPORTED = 10;

    private final List<String> failed = new ArrayList<>();

    Constraints required(String member, boolean present) {
        if (!present) {
            fail("null", member, "Member must not be null");
        }
        return this;
    }

    Constraints length(String member, Optional<String> value, int min, int max) {
        value.ifPresent(text -> length(member, text, text.codePointCount(0, text.length()), min, max));
        return this;
    }

    /** Checks the number of elements of a list or a map. */
    Constraints size(String member, Collection<?> value, int min, int max) {
        if (value.size() >= min && value.size() <= max) {
            return this;
        }
        String shown = value.isEmpty() ? "[]" : "[%d members]".formatted(value.size());
        return length(member, shown, value.size(), min, max);
    }

    Constraints tags(String member, Map<String, String> tags, int max) {
        length(member, tags.toString(), tags.size(), 1, max);
        tags.forEach((key, value) -> {
            length(member + "." + key + ".key", Optional.of(key), 1, 128);
            length(member + "." + key + ".member", Optional.of(value), 0, 256);
        });
        return this;
    }

    Constraints dataLength(String member, int length, int max) {
        // On the hot path of puts: the text is built only for an error.
        return length > max
                ? length(member, "HeapByteBuffer[pos=0 lim=%d cap=%<d]".formatted(length), length, 0, max)
                : this;
    }

    private Constraints length(String member, String shown, int length, int min, int max) {
        if (length > max) {
            fail(quoted(shown), member, "Member must have length less than or equal to " + max);
        }
        if (length < min) {
            fail(quoted(shown), member, "Member must have length greater than or equal to " + min);
        }
        return this;
    }

    Constraints pattern(String member, Optional<String> value, Pattern pattern) {
        value.filter(text -> !pattern.matcher(text).matches())
                .ifPresent(text -> fail(
                        quoted(text), member, "Member must satisfy regular expression pattern: " + pattern.pattern()));
        return this;
    }

    Constraints range(String member, Optional<Long> value, long min, long max) {
        value.filter(number -> number > max)
                .ifPresent(
                        number -> fail(quoted(number), member, "Member must have value less than or equal to " + max));
        value.filter(number -> number < min)
                .ifPresent(number ->
                        fail(quoted(number), member, "Member must have value greater than or equal to " + min));
        return this;
    }

    <E extends Enum<E>> Constraints oneOf(String member, Optional<String> value, Class<E> allowed) {
        List<String> names =
                Arrays.stream(allowed.getEnumConstants()).map(Enum::name).toList();
        return oneOf(member, value, names);
    }

    Constraints oneOf(String member, Optional<String> value, List<String> names) {
        value.filter(text -> !names.contains(text))
                .ifPresent(text -> fail(
                        quoted(text),
                        member,
                        "Member must satisfy enum value set: [" + String.join(", ", names) + "]"));
        return this;
    }

    /** Checks the name of a stream, a shard or a consumer. */
    Constraints name(String member, Optional<String> value) {
        return pattern(member, value, NAME).length(member, value, 1, 128);
    }

    /**
     * Throws if any constraint was violated.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException ValidationException
     */
    void check() {
        if (!failed.isEmpty()) {
            List<String> shown = failed.subList(0, Math.min(MAX_REPORTED, failed.size()));
            throw KinesisErrors.validation("%d validation error%s detected: %s"
                    .formatted(shown.size(), shown.size() > 1 ? "s" : "", String.join("; ", shown)));
        }
    }

    private void fail(String shownValue, String member, String constraint) {
        failed.add("Value %s at '%s' failed to satisfy constraint: %s"
                .formatted(shownValue, lowerFirst(member), constraint));
    }

    private static String quoted(@Nullable Object value) {
        return "'" + value + "'";
    }

    private static String lowerFirst(String member) {
        return member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
    }
}
