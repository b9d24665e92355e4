package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Merges the properties that a template declares beside an OpenAPI document into the document, as SAM does. Changes the
 * document in place.
 */
final class ApiExtensions {

    private final ResourceReader resources;
    private final ObjectNode document;
    private final String id;
    private final Properties api;

    ApiExtensions(ResourceReader resources, ObjectNode document, String id, Properties api) {
        this.resources = resources;
        this.document = document;
        this.id = id;
        this.api = api;
    }

    void apply() {
        api.object("GatewayResponses").ifPresent(this::gatewayResponses);
        // SAM writes the slash of a media type as ~1.
        List<String> binary = api.texts("BinaryMediaTypes");
        if (!binary.isEmpty()) {
            ArrayNode types = document.putArray("x-amazon-apigateway-binary-media-types");
            binary.forEach(type -> types.add(type.replace("~1", "/")));
        }
        api.json("Policy").ifPresent(this::policy);
        api.object("Models").ifPresent(this::models);
        // The preflight methods come first: the API's default authorizer guards them too.
        api.node("Cors").ifPresent(cors -> ApiCors.of(id, cors).write(document));
        Properties auth = api.object("Auth").orElseGet(() -> new Properties(TemplateNode.Mapping.empty(api.at())));
        new ApiSecurity(resources, document, auth).write();
        auth.json("ResourcePolicy").map(ApiResourcePolicy::document).ifPresent(this::policy);
    }

    /** The gateway applies the policy, and reads it from the document only. */
    private void policy(JsonNode policy) {
        document.set("x-amazon-apigateway-policy", policy);
    }

    private void models(Properties models) {
        ObjectNode schemas = document.has("swagger")
                ? document.withObjectProperty("definitions")
                : document.withObjectProperty("components").withObjectProperty("schemas");
        models.node().entries().forEach((name, model) -> {
            JsonNode schema = model.json();
            if (!schema.has("type")) {
                throw TemplateException.at(model.at(), "'Models' schema is missing 'type'.");
            }
            schemas.set(name.toLowerCase(Locale.ROOT), schema);
        });
    }

    private void gatewayResponses(Properties responses) {
        ObjectNode made = document.withObjectProperty("x-amazon-apigateway-gateway-responses");
        responses.node().entries().forEach((type, node) -> {
            Properties response = Properties.of(node);
            ObjectNode entry = made.putObject(type);
            response.text("StatusCode").ifPresent(status -> entry.put("statusCode", status));
            response.json("ResponseTemplates").ifPresent(templates -> entry.set("responseTemplates", templates));
            response.object("ResponseParameters").ifPresent(parameters -> responseParameters(parameters, entry));
        });
    }

    private static void responseParameters(Properties parameters, ObjectNode entry) {
        ObjectNode made = entry.putObject("responseParameters");
        Map<String, String> prefixes = Map.of("Headers", "header", "Paths", "path", "QueryStrings", "querystring");
        prefixes.forEach((group, prefix) -> parameters
                .textMap(group)
                .forEach((name, value) -> made.put("gatewayresponse.%s.%s".formatted(prefix, name), value)));
    }
}
