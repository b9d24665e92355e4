package dev.ingestkit.local.gateway.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import dev.ingestkit.local.gateway.expression.JsonValues;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The validator's findings, worded as API Gateway words them in {@code $context.error.validationErrorString}. Clients
 * and gateway responses depend on these words. Stateless.
 */
final class ValidationTexts {

    private ValidationTexts() {}

    /**
     * Returns one text for each finding; the names that an object lacks, or has too many, are one finding as on AWS.
     */
    static Set<String> of(Collection<ValidationMessage> messages) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (ValidationMessage message : messages) {
            if (grouped(message)) {
                names.computeIfAbsent(group(message), any -> new TreeSet<>()).add(message.getProperty());
            }
        }
        Set<String> texts = new LinkedHashSet<>();
        for (ValidationMessage message : messages) {
            texts.add(grouped(message) ? properties(message, names) : text(message));
        }
        return texts;
    }

    private static boolean grouped(ValidationMessage message) {
        boolean named =
                message.getType().equals("required") || message.getType().equals("additionalProperties");
        return named && message.getProperty() != null;
    }

    private static String group(ValidationMessage message) {
        return message.getType() + " " + message.getInstanceLocation();
    }

    private static String properties(ValidationMessage message, Map<String, Set<String>> names) {
        String list = names.getOrDefault(group(message), Set.of()).stream()
                .map(JsonValues::print)
                .collect(Collectors.joining(",", "[", "]"));
        return message.getType().equals("required")
                ? "object has missing required properties (" + list + ")"
                : "object instance has properties which are not allowed by the schema: " + list;
    }

    private static String text(ValidationMessage message) {
        JsonNode value = message.getInstanceNode();
        JsonNode rule = message.getSchemaNode();
        if (value == null || rule == null) {
            return message.getMessage();
        }
        return switch (message.getType()) {
            case "type" ->
                "instance type (%s) does not match any allowed primitive type (allowed: %s)"
                        .formatted(type(value), rule.isArray() ? sorted(rule) : "[" + rule + "]");
            case "enum" -> "instance value (%s) not found in enum (possible values: %s)".formatted(value, rule);
            case "minimum" ->
                "numeric instance is lower than the required minimum (minimum: %s, found: %s)".formatted(rule, value);
            case "maximum" ->
                "numeric instance is greater than the required maximum (maximum: %s, found: %s)".formatted(rule, value);
            case "minLength" ->
                "string %s is too short (length: %d, required minimum: %s)".formatted(value, characters(value), rule);
            case "maxLength" ->
                "string %s is too long (length: %d, maximum allowed: %s)".formatted(value, characters(value), rule);
            case "pattern" -> "ECMA 262 regex %s does not match input string %s".formatted(rule, value);
            case "minItems" ->
                "array is too short: must have at least %s elements but instance has %d elements"
                        .formatted(rule, value.size());
            case "maxItems" ->
                "array is too long: must have at most %s elements but instance has %d elements"
                        .formatted(rule, value.size());
            default -> message.getMessage();
        };
    }

    private static int characters(JsonNode value) {
        String text = value.asText();
        return text.codePointCount(0, text.length());
    }

    private static String sorted(JsonNode types) {
        Set<String> names = new TreeSet<>();
        types.forEach(type -> names.add(type.toString()));
        return names.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String type(JsonNode value) {
        if (value.isNumber()) {
            return value.isIntegralNumber() ? "integer" : "number";
        }
        return value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }
}
