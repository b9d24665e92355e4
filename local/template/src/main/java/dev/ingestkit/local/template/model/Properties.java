package dev.ingestkit.local.template.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values of a resolved map; an error names the position of a value of the wrong type. Like CloudFormation,
 * it accepts numbers and booleans as strings, and their texts as numbers and booleans. Immutable.
 */
public final class Properties {

    private final TemplateNode.Mapping node;

    public Properties(TemplateNode.Mapping node) {
        this.node = node;
    }

    public static Properties of(TemplateNode node) {
        if (node instanceof TemplateNode.Mapping mapping) {
            return new Properties(mapping);
        }
        throw TemplateException.at(node.at(), "must be a map, found %s", node.description());
    }

    public Location at() {
        return node.at();
    }

    public TemplateNode.Mapping node() {
        return node;
    }

    public Optional<TemplateNode> node(String name) {
        TemplateNode value = node.get(name);
        return value == null || isNull(value) ? Optional.empty() : Optional.of(value);
    }

    public Optional<String> text(String name) {
        return node(name).map(Properties::text);
    }

    public String requiredText(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /**
     * Returns a whole number.
     *
     * @throws TemplateException for a number outside the bounds, which are inclusive
     */
    public Optional<Integer> integer(String name, int minimum, int maximum) {
        return node(name).map(value -> integer(value, minimum, maximum));
    }

    public Optional<Boolean> flag(String name) {
        return node(name).map(Properties::flag);
    }

    public Optional<Double> number(String name) {
        return node(name).map(value -> decimal(value).doubleValue());
    }

    public Optional<Properties> object(String name) {
        return node(name).map(Properties::of);
    }

    public Properties requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name));
    }

    /** Returns a list's items; empty when the property is missing. */
    public List<TemplateNode> list(String name) {
        TemplateNode value = node(name).orElse(null);
        if (value == null) {
            return List.of();
        }
        if (value instanceof TemplateNode.Sequence sequence) {
            return sequence.items();
        }
        throw TemplateException.at(value.at(), "must be a list, found %s", value.description());
    }

    public List<String> texts(String name) {
        return list(name).stream().map(Properties::text).toList();
    }

    /** Returns the entries of a map of strings, in order; empty when the property is missing. */
    public Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name).ifPresent(map -> map.node.entries().forEach((key, value) -> texts.put(key, text(value))));
        return texts;
    }

    public Optional<JsonNode> json(String name) {
        return node(name).map(TemplateNode::json);
    }

    /**
     * Returns a text that is one of a few.
     *
     * @throws TemplateException when the value is not one of the allowed ones
     */
    public Optional<String> oneOf(String name, List<String> allowed) {
        Optional<TemplateNode> value = node(name);
        value.map(Properties::text).filter(text -> !allowed.contains(text)).ifPresent(text -> {
            throw TemplateException.at(
                    value.orElseThrow().at(), "must be one of %s, found %s", String.join(", ", allowed), text);
        });
        return value.map(Properties::text);
    }

    public TemplateException missing(String name) {
        return TemplateException.at(node.at(), "the property %s is missing", name);
    }

    public static String text(TemplateNode value) {
        if (value instanceof TemplateNode.Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        throw TemplateException.at(value.at(), "must be a string, found %s", value.description());
    }

    private static int integer(TemplateNode value, int minimum, int maximum) {
        BigDecimal number = decimal(value);
        if (number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(minimum)) < 0
                || number.compareTo(BigDecimal.valueOf(maximum)) > 0) {
            throw TemplateException.at(
                    value.at(), "must be a whole number from %d to %d, found %s", minimum, maximum, text(value));
        }
        return number.intValue();
    }

    private static BigDecimal decimal(TemplateNode value) {
        String text = text(value);
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException notNumeric) {
            throw TemplateException.at(value.at(), "must be a number, found %s", text);
        }
    }

    private static boolean flag(TemplateNode value) {
        String text = text(value);
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        throw TemplateException.at(value.at(), "must be true or false, found %s", text);
    }

    private static boolean isNull(@Nullable TemplateNode value) {
        return value instanceof TemplateNode.Scalar scalar && scalar.isNull();
    }
}
