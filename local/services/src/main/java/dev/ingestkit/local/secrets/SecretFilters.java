package dev.ingestkit.local.secrets;

import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.Constraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The filters of ListSecrets: a secret must pass each of them, and passes a filter by any of its values. Immutable. */
final class SecretFilters {

    private static final List<String> KEYS =
            List.of("all", "name", "tag-key", "description", "tag-value", "primary-region", "owning-service");

    private final List<Filter> filters;

    private SecretFilters(List<Filter> filters) {
        this.filters = filters;
    }

    private record Filter(BiPredicate<Secret, String> test, List<String> values) {

        boolean accepts(Secret secret) {
            List<String> expected =
                    values.stream().filter(value -> !value.startsWith("!")).toList();
            boolean found = expected.isEmpty() || expected.stream().anyMatch(value -> test.test(secret, value));
            return found
                    && values.stream()
                            .filter(value -> value.startsWith("!"))
                            .noneMatch(value -> test.test(secret, value.substring(1)));
        }
    }

    /**
     * Reads the filters of a call.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException ValidationException for an unknown key,
     *     InvalidParameterException for a filter without values
     */
    static SecretFilters of(List<AwsInput> inputs) {
        List<Filter> filters = new ArrayList<>();
        for (AwsInput input : inputs) {
            List<String> values = input.strings("Values");
            if (values.isEmpty() || values.size() > 10) {
                throw SecretErrors.invalidParameter("Each filter must have 1 to 10 Values.");
            }
            String key = SecretInput.required(input, "Key");
            new Constraints()
                    .oneOf("filters.member.key", Optional.of(key), KEYS)
                    .check();
            filters.add(new Filter(test(key), values));
        }
        return new SecretFilters(filters);
    }

    boolean accept(Secret secret) {
        return filters.stream().allMatch(filter -> filter.accepts(secret));
    }

    private static BiPredicate<Secret, String> test(String key) {
        return switch (key) {
            case "name" -> (secret, value) -> secret.name.startsWith(value);
            case "description" -> (secret, value) -> wordStarts(secret.description, value);
            case "tag-key" -> (secret, value) -> anyStarts(secret.tags.keySet(), value);
            case "tag-value" -> (secret, value) -> anyStarts(secret.tags.values(), value);
            case "all" -> SecretFilters::anywhere;
            // No secret here is a replica or owned by another service.
            case "primary-region", "owning-service" -> (secret, value) -> false;
            default -> throw new IllegalStateException("the filter's key was not checked: " + key);
        };
    }

    private static boolean anyStarts(Iterable<String> texts, String value) {
        for (String text : texts) {
            if (text.startsWith(value)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether each word of the value begins a word of the text, in any letter case. */
    private static boolean wordStarts(@Nullable String text, String value) {
        if (text == null) {
            return false;
        }
        List<String> words = words(text);
        return words(value).stream().allMatch(expected -> words.stream().anyMatch(word -> word.startsWith(expected)));
    }

    private static boolean anywhere(Secret secret, String value) {
        StringBuilder text = new StringBuilder(secret.name).append(' ');
        if (secret.description != null) {
            text.append(secret.description).append(' ');
        }
        secret.tags.forEach(
                (key, tag) -> text.append(key).append(' ').append(tag).append(' '));
        return wordStarts(text.toString(), value);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
