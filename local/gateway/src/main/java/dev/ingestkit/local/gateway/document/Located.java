package dev.ingestkit.local.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of the API body that knows its position, so that every problem can name it. Immutable. */
public record Located(JsonNode node, String path) {

    public static Located root(JsonNode body) {
        return new Located(body, "$");
    }

    public Located get(String key) {
        JsonNode child = node.get(key);
        String step = plain(key) ? "." + key : "['" + key + "']";
        return new Located(child == null ? MissingNode.getInstance() : child, path + step);
    }

    public boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    public Map<String, Located> fields() {
        if (present() && !node.isObject()) {
            throw problem("must be an object, found " + describe());
        }
        Map<String, Located> fields = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> fields.put(name, get(name)));
        return fields;
    }

    public List<Located> items() {
        if (present() && !node.isArray()) {
            throw problem("must be a list, found " + describe());
        }
        List<Located> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Located(node.get(i), path + "[" + i + "]"));
        }
        return items;
    }

    /** Returns text; a number or a boolean counts as text, since YAML turns plain words into them. */
    public Optional<String> text() {
        if (!present()) {
            return Optional.empty();
        }
        if (!node.isValueNode()) {
            throw problem("must be text, found " + describe());
        }
        return Optional.of(node.asText());
    }

    public String requiredText() {
        return text().orElseThrow(() -> problem("is missing"));
    }

    /** Returns an integer that is written as a number or as text. */
    public Optional<Integer> integer() {
        return text().map(text -> {
            try {
                return Integer.valueOf(text.strip());
            } catch (NumberFormatException notANumber) {
                throw problem("must be an integer, found \"" + text + "\"");
            }
        });
    }

    public boolean isTrue() {
        return text().filter("true"::equalsIgnoreCase).isPresent();
    }

    public ApiDefinitionException problem(String problem) {
        return new ApiDefinitionException(path, problem);
    }

    private String describe() {
        String json = node.toString();
        return json.length() > 80 ? json.substring(0, 80) + "..." : json;
    }

    private static boolean plain(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }
}
