package dev.ingestkit.cli.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parts of an API's OpenAPI document that decide how API Gateway answers: methods, integrations, authorizers,
 * validation and gateway responses. Descriptions, and members that have API Gateway's defaults, are left out, since an
 * export adds them.
 *
 * @param root the document, OpenAPI 3.0 or Swagger 2.0
 */
record ApiDocument(JsonNode root) {

    private static final String EXTENSION = "x-amazon-apigateway-";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", EXTENSION + "any-method");

    /** Members whose values are names in any letter case. */
    private static final Set<String> WORDS = Set.of("type", "httpMethod", "passthroughBehavior", "connectionType");

    /** Members that an export adds to an integration or authorizer that does not set them, with API Gateway's defaults. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "passthroughBehavior", "when_no_match",
            "timeoutInMillis", "29000",
            "connectionType", "internet",
            "authorizerResultTtlInSeconds", "300",
            "payloadFormatVersion", "1.0");

    /** Members that differ for any two deployments. */
    private static final Set<String> OWN = Set.of("cacheNamespace", "cacheKeyParameters");

    /** Returns the parts by their paths. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> method(path.getKey(), method.getKey(), method.getValue(), facts)));
        schemes(root.at("/components/securitySchemes"), facts);
        schemes(root.path("securityDefinitions"), facts);
        for (String name : new String[] {"gateway-responses", "policy", "binary-media-types", "cors"}) {
            flatten(name, root.path(EXTENSION + name), facts);
        }
        return facts;
    }

    private void method(String path, String name, JsonNode method, Map<String, String> facts) {
        if (!METHODS.contains(name)) {
            return;
        }
        String word = name.startsWith(EXTENSION) ? "ANY" : name.toUpperCase(Locale.ROOT);
        String prefix = word + " " + path;
        facts.put(prefix, "method");
        flatten(prefix + ".integration", method.path(EXTENSION + "integration"), facts);
        TreeSet<String> schemes = new TreeSet<>();
        JsonNode security = method.has("security") ? method.path("security") : root.path("security");
        security.forEach(choice -> choice.fieldNames().forEachRemaining(schemes::add));
        if (!schemes.isEmpty()) {
            facts.put(prefix + ".security", String.join(", ", schemes));
        }
        flatten(prefix + ".validator", validator(method), facts);
    }

    private JsonNode validator(JsonNode method) {
        JsonNode name = method.has(EXTENSION + "request-validator")
                ? method.path(EXTENSION + "request-validator")
                : root.path(EXTENSION + "request-validator");
        return root.path(EXTENSION + "request-validators").path(name.asText());
    }

    private static void schemes(JsonNode schemes, Map<String, String> facts) {
        schemes.properties()
                .forEach(scheme -> flatten(
                        "authorizer " + scheme.getKey(), scheme.getValue().path(EXTENSION + "authorizer"), facts));
    }

    private static void flatten(String path, JsonNode node, Map<String, String> facts) {
        if (node.isObject()) {
            node.properties().forEach(member -> member(path, member.getKey(), member.getValue(), facts));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), facts);
            }
        } else if (!node.isMissingNode() && !node.isNull()) {
            facts.put(path, node.asText());
        }
    }

    private static void member(String path, String name, JsonNode value, Map<String, String> facts) {
        if (OWN.contains(name)) {
            return;
        }
        if (!value.isValueNode()) {
            flatten(path + "." + name, value, facts);
            return;
        }
        String text = WORDS.contains(name) ? value.asText().toLowerCase(Locale.ROOT) : value.asText();
        if (!value.isNull() && !text.equals(DEFAULTS.get(name))) {
            facts.put(path + "." + name, text);
        }
    }
}
