package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code Cors} of an {@code AWS::Serverless::Api}: for each path without an OPTIONS method, SAM generates one that
 * a mock integration answers. The answers of the other methods are the back end's own and get no headers.
 *
 * @param headers the headers of the preflight's answer, as mapped values; without the allowed methods if each path's
 *     own are meant
 */
record ApiCors(Map<String, String> headers) {

    private static final String JSON = "application/json";
    private static final String HEADER = "method.response.header.Access-Control-Allow-";
    private static final Set<String> PROPERTIES =
            Set.of("AllowMethods", "AllowHeaders", "AllowOrigin", "MaxAge", "AllowCredentials");
    private static final String ANY = "x-amazon-apigateway-any-method";
    private static final Set<String> ALL = Set.of("OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH");

    /**
     * Reads the property: the allowed origin, or all settings.
     *
     * @param api the API's logical id
     * @throws TemplateException for a value that SAM refuses
     */
    static ApiCors of(String api, TemplateNode node) {
        if (!(node instanceof TemplateNode.Mapping)) {
            return new ApiCors(Map.of(HEADER + "Origin", Properties.text(node)));
        }
        Properties cors = Properties.of(node);
        cors.node().entries().forEach((key, value) -> {
            if (!PROPERTIES.contains(key)) {
                throw refused(api, value, "Invalid key '%s' for 'Cors' property.".formatted(key));
            }
        });
        String origin = cors.text("AllowOrigin").orElse("'*'");
        boolean withCredentials = cors.flag("AllowCredentials").orElse(false);
        if (withCredentials && origin.equals("'*'")) {
            throw refused(
                    api,
                    node,
                    "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is"
                            + " \"'*'\" or not set");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HEADER + "Origin", origin);
        cors.text("AllowHeaders").ifPresent(value -> headers.put(HEADER + "Headers", value));
        cors.text("AllowMethods").ifPresent(value -> headers.put(HEADER + "Methods", value));
        cors.text("MaxAge").ifPresent(value -> headers.put("method.response.header.Access-Control-Max-Age", value));
        if (withCredentials) {
            headers.put(HEADER + "Credentials", "'true'");
        }
        return new ApiCors(headers);
    }

    private static TemplateException refused(String api, TemplateNode node, String reason) {
        return TemplateException.at(node.at(), "Resource with id [%s] is invalid. %s", api, reason);
    }

    /** Adds the preflight methods; paths that differ only in a last slash are the same resource. */
    void write(ObjectNode document) {
        Set<String> written = new HashSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            String resource = path.getKey().equals("/") ? "/" : path.getKey().replaceFirst("/+$", "");
            if (written.add(resource) && path.getValue() instanceof ObjectNode item && !item.has("options")) {
                item.set("options", preflight(item));
            }
        }
    }

    private ObjectNode preflight(ObjectNode item) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode().put("summary", "CORS support");
        operation.putArray("consumes").add(JSON);
        operation.putArray("produces").add(JSON);
        ObjectNode integration =
                operation.putObject("x-amazon-apigateway-integration").put("type", "mock");
        integration.putObject("requestTemplates").put(JSON, "{\n  \"statusCode\" : 200\n}\n");
        ObjectNode response =
                integration.putObject("responses").putObject("default").put("statusCode", "200");
        ObjectNode mapped = response.putObject("responseParameters");
        headers.forEach(mapped::put);
        if (!headers.containsKey(HEADER + "Methods")) {
            mapped.put(HEADER + "Methods", "'" + String.join(",", methods(item)) + "'");
        }
        response.putObject("responseTemplates").put(JSON, "{}\n");
        ObjectNode declared = operation
                .putObject("responses")
                .putObject("200")
                .put("description", "Default response for CORS method")
                .putObject("headers");
        mapped.fieldNames()
                .forEachRemaining(name -> declared.putObject(name.substring("method.response.header.".length()))
                        .put("type", name.endsWith("Max-Age") ? "integer" : "string"));
        return operation;
    }

    private static Set<String> methods(ObjectNode item) {
        if (item.has(ANY)) {
            return new TreeSet<>(ALL);
        }
        Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
        item.fieldNames()
                .forEachRemaining(name -> Optional.of(name.toUpperCase(Locale.ROOT))
                        .filter(ALL::contains)
                        .ifPresent(methods::add));
        return methods;
    }
}
