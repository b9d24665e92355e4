package dev.ingestkit.local.protocol;

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
 * AWS's wording. Members are named as in the request; a violation names them with a lower-case first letter. Used once,
 * by one thread.
 */
public final class Constraints {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final int MAX_REPORTED = 10;

    private final List<String> failed = new ArrayList<>();

    /** Checks that a member is present. */
    public Constraints required(String member, boolean present) {
        if (!present) {
            fail("null", member, "Member must not be null");
        }
        return this;
    }

    /** Checks the number of characters of a text. */
    public Constraints length(String member, Optional<String> value, int min, int max) {
        value.ifPresent(text -> length(member, text, text.codePointCount(0, text.length()), min, max));
        return this;
    }

    /** Checks the number of elements of a list or a map. */
    public Constraints size(String member, Collection<?> value, int min, int max) {
        if (value.size() >= min && value.size() <= max) {
            return this;
        }
        String shown = value.isEmpty() ? "[]" : "[%d members]".formatted(value.size());
        return length(member, shown, value.size(), min, max);
    }

    /** Checks the number of tags, their keys of 1 to 128 characters and their values of up to 256. */
    public Constraints tags(String member, Map<String, String> tags, int max) {
        length(member, tags.toString(), tags.size(), 1, max);
        tags.forEach((key, value) -> {
            length(member + "." + key + ".key", Optional.of(key), 1, 128);
            length(member + "." + key + ".member", Optional.of(value), 0, 256);
        });
        return this;
    }

    /** Checks the number of bytes of a blob. */
    public Constraints dataLength(String member, int length, int max) {
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

    /** Checks that a whole text matches. */
    public Constraints pattern(String member, Optional<String> value, Pattern pattern) {
        value.filter(text -> !pattern.matcher(text).matches())
                .ifPresent(text -> fail(
                        quoted(text), member, "Member must satisfy regular expression pattern: " + pattern.pattern()));
        return this;
    }

    /** Checks a number. */
    public Constraints range(String member, Optional<Long> value, long min, long max) {
        value.filter(number -> number > max)
                .ifPresent(
                        number -> fail(quoted(number), member, "Member must have value less than or equal to " + max));
        value.filter(number -> number < min)
                .ifPresent(number ->
                        fail(quoted(number), member, "Member must have value greater than or equal to " + min));
        return this;
    }

    /** Checks that a text is the name of a constant. */
    public <E extends Enum<E>> Constraints oneOf(String member, Optional<String> value, Class<E> allowed) {
        List<String> names =
                Arrays.stream(allowed.getEnumConstants()).map(Enum::name).toList();
        return oneOf(member, value, names);
    }

    /** Checks that a text is in the list. */
    public Constraints oneOf(String member, Optional<String> value, List<String> names) {
        value.filter(text -> !names.contains(text))
                .ifPresent(text -> fail(
                        quoted(text),
                        member,
                        "Member must satisfy enum value set: [" + String.join(", ", names) + "]"));
        return this;
    }

    /** Checks a name: 1 to 128 letters, digits, underscores, dots and hyphens. */
    public Constraints name(String member, Optional<String> value) {
        return pattern(member, value, NAME).length(member, value, 1, 128);
    }

    /**
     * Throws if any constraint was violated.
     *
     * @throws ServiceException ValidationException
     */
    public void check() {
        if (!failed.isEmpty()) {
            List<String> shown = failed.subList(0, Math.min(MAX_REPORTED, failed.size()));
            String text = "%d validation error%s detected: %s"
                    .formatted(shown.size(), shown.size() > 1 ? "s" : "", String.join("; ", shown));
            throw ServiceException.badRequest("ValidationException", text);
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
