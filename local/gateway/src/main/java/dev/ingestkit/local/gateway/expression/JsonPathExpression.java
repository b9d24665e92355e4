package dev.ingestkit.local.gateway.expression;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A compiled JSONPath. The usual dotted and indexed path is walked directly; any other path uses the full engine.
 * Immutable and thread-safe.
 */
public final class JsonPathExpression {

    private static final int MAX_CACHED = 512;
    private static final Map<String, JsonPathExpression> CACHE = new ConcurrentHashMap<>();
    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new ListKeepingProvider())
            .mappingProvider(new JacksonMappingProvider())
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    private final @Nullable List<Object> steps;
    private final @Nullable JsonPath compiled;

    private JsonPathExpression(@Nullable List<Object> steps, @Nullable JsonPath compiled) {
        this.steps = steps;
        this.compiled = compiled;
    }

    /**
     * Returns the expression of a text, compiled or from a bounded cache.
     *
     * @throws TemplateFailedException if the text is not a JSONPath
     */
    public static JsonPathExpression of(String text) {
        JsonPathExpression known = CACHE.get(text);
        if (known != null) {
            return known;
        }
        JsonPathExpression expression = compile(text);
        // A template can build paths from a request: the cache must not grow with them.
        if (CACHE.size() < MAX_CACHED) {
            CACHE.put(text, expression);
        }
        return expression;
    }

    /** Returns the value at the path; null for a missing one and for JSON's null. */
    public @Nullable Object read(@Nullable Object root) {
        if (root == null) {
            return null;
        }
        return steps != null ? walk(root, steps) : compiled == null ? null : compiled.read(root, CONFIGURATION);
    }

    private static JsonPathExpression compile(String text) {
        Optional<List<Object>> steps = simple(text);
        if (steps.isPresent()) {
            return new JsonPathExpression(steps.get(), null);
        }
        try {
            return new JsonPathExpression(null, JsonPath.compile(text));
        } catch (InvalidPathException | IllegalArgumentException invalid) {
            throw new TemplateFailedException("\"" + text + "\" is not a JSONPath: " + invalid.getMessage());
        }
    }

    private static @Nullable Object walk(Object root, List<Object> steps) {
        Object value = root;
        for (Object step : steps) {
            value = step instanceof Integer index ? element(value, index) : member(value, (String) step);
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    private static @Nullable Object element(Object value, int index) {
        return value instanceof List<?> list && index < list.size() ? list.get(index) : null;
    }

    private static @Nullable Object member(Object value, String name) {
        return value instanceof Map<?, ?> map ? map.get(name) : null;
    }

    /** Returns the steps of a path that has only names and indexes. */
    private static Optional<List<Object>> simple(String text) {
        if (!text.startsWith("$")) {
            return Optional.empty();
        }
        List<Object> steps = new ArrayList<>();
        int at = 1;
        while (at < text.length()) {
            int end = text.charAt(at) == '.' ? nameEnd(text, at + 1) : indexEnd(text, at);
            if (end < 0) {
                return Optional.empty();
            }
            steps.add(text.charAt(at) == '.' ? text.substring(at + 1, end) : index(text, at, end));
            at = end;
        }
        return Optional.of(List.copyOf(steps));
    }

    private static Object index(String text, int at, int end) {
        return Integer.valueOf(text.substring(at + 1, end - 1));
    }

    private static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length() && nameCharacter(text.charAt(end))) {
            end++;
        }
        boolean whole = end == text.length() || text.charAt(end) == '.' || text.charAt(end) == '[';
        return end > from && whole ? end : -1;
    }

    private static int indexEnd(String text, int at) {
        if (text.charAt(at) != '[') {
            return -1;
        }
        int end = at + 1;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        boolean digits = end > at + 1 && end < at + 9;
        return digits && end < text.length() && text.charAt(end) == ']' ? end + 1 : -1;
    }

    private static boolean nameCharacter(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** Makes lists of results that print as JSON, like every other list in a template. */
    private static final class ListKeepingProvider extends JacksonJsonProvider {
        @Override
        public java.util.List<Object> createArray() {
            return new JsonList();
        }
    }
}
