package dev.ingestkit.local.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of a query protocol call, from the URL and the form body. Immutable. */
final class QueryForm {

    private static final int MAX_FIELDS = 20_000;
    private static final int MAX_DEPTH = 12;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, String> fields;

    private QueryForm(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Parses {@code a=b&c=d}, percent-encoded.
     *
     * @throws ServiceException if the text is not a form or has too many fields
     */
    static QueryForm parse(String... texts) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String text : texts) {
            int start = 0;
            while (start < text.length()) {
                int end = text.indexOf('&', start);
                end = end < 0 ? text.length() : end;
                addField(fields, text.substring(start, end));
                start = end + 1;
            }
        }
        return new QueryForm(fields);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /**
     * Returns all fields as a tree: dots separate levels, whole numbers are positions in lists. All values are strings.
     */
    ObjectNode tree() {
        ObjectNode root = NODES.objectNode();
        fields.forEach((name, value) -> insert(root, name, value));
        return (ObjectNode) convertLists(root);
    }

    private static void addField(Map<String, String> fields, String pair) {
        if (pair.isEmpty()) {
            return;
        }
        if (fields.size() >= MAX_FIELDS) {
            throw ServiceException.badRequest("MalformedQueryString", "more than %d fields".formatted(MAX_FIELDS));
        }
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        fields.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ServiceException.badRequest(
                    "MalformedQueryString", "a field of the query is not percent-encoded correctly");
        }
    }

    private static void insert(ObjectNode root, String name, String value) {
        String[] steps = name.split("\\.", MAX_DEPTH + 1);
        if (steps.length > MAX_DEPTH) {
            throw ServiceException.badRequest("MalformedQueryString", "a field's name has too many parts");
        }
        ObjectNode at = root;
        for (int i = 0; i < steps.length - 1; i++) {
            JsonNode next = at.get(steps[i]);
            if (!(next instanceof ObjectNode)) {
                next = at.putObject(steps[i]);
            }
            at = (ObjectNode) next;
        }
        at.put(steps[steps.length - 1], value);
    }

    /** Converts {@code {"1":a,"2":b}} and {@code {"member":{"1":a}}} to lists, from the leaves up. */
    private static JsonNode convertLists(JsonNode node) {
        if (!(node instanceof ObjectNode members)) {
            return node;
        }
        ObjectNode converted = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : members.properties()) {
            converted.set(entry.getKey(), convertLists(entry.getValue()));
        }
        if (converted.size() == 1 && converted.get("member") instanceof ArrayNode list) {
            return list;
        }
        return isList(converted) ? list(converted) : converted;
    }

    private static boolean isList(ObjectNode members) {
        List<String> names = new ArrayList<>();
        members.fieldNames().forEachRemaining(names::add);
        return !names.isEmpty() && names.stream().allMatch(name -> name.matches("[1-9][0-9]{0,5}"));
    }

    private static ArrayNode list(ObjectNode members) {
        Map<Integer, JsonNode> ordered = new TreeMap<>();
        members.properties().forEach(entry -> ordered.put(Integer.valueOf(entry.getKey()), entry.getValue()));
        ArrayNode list = NODES.arrayNode();
        ordered.values().forEach(list::add);
        return list;
    }
}
