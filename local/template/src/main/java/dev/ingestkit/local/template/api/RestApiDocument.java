package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.ApiPositions;
import java.util.List;
import java.util.Optional;

/**
 * The OpenAPI document of one REST API: the template's own, with the methods, authorizers, validators, models and
 * gateway responses that the template declares as resources of the API written into it as API Gateway exports them. Not
 * thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html">API
 *     Gateway's OpenAPI extensions</a>
 */
final class RestApiDocument {

    private static final String EXTENSION = "x-amazon-apigateway-";

    private final ResourceReader resources;
    private final Resource api;
    private final ObjectNode document;
    private final DocumentPositions positions = new DocumentPositions();

    RestApiDocument(ResourceReader resources, Resource api) {
        this.resources = resources;
        this.api = api;
        this.document = positions.document(api);
    }

    /** Returns the document; empty for an API without a method. */
    Optional<ObjectNode> build() {
        new ApiExtensions(resources, document, api.logicalId(), api.properties()).apply();
        new RestApiMethods(this, resources, api).write();
        of("AWS::ApiGateway::GatewayResponse").forEach(this::gatewayResponse);
        return document.path("paths").isEmpty() ? Optional.empty() : Optional.of(document);
    }

    ApiPositions positions() {
        return positions.of(api.declared().at());
    }

    ObjectNode document() {
        return document;
    }

    /** Returns where security schemes, or models, are located in this document's version of OpenAPI. */
    ObjectNode components(String swagger, String openApi) {
        return document.has("swagger")
                ? document.withObjectProperty(swagger)
                : document.withObjectProperty("components").withObjectProperty(openApi);
    }

    void position(String path, Location at) {
        positions.add(path, at);
    }

    /** Returns the resources of a type that belong to this API. */
    List<Resource> of(String type) {
        return resources.ofType(type).stream()
                .filter(each -> each.properties()
                        .text("RestApiId")
                        .filter(api.physicalId()::equals)
                        .isPresent())
                .toList();
    }

    private void gatewayResponse(Resource resource) {
        Properties response = resource.properties();
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        response.text("StatusCode").ifPresent(status -> made.put("statusCode", status));
        copy(response, "ResponseParameters", made);
        copy(response, "ResponseTemplates", made);
        String type = response.requiredText("ResponseType");
        document.withObjectProperty(EXTENSION + "gateway-responses").set(type, made);
        position(
                ApiPositions.member("$." + EXTENSION + "gateway-responses", type),
                resource.declared().at());
    }

    /** Copies a property under its name in API Gateway's extensions, {@code requestTemplates} for RequestTemplates. */
    static void copy(Properties from, String property, ObjectNode to) {
        Optional<JsonNode> value = from.json(property);
        value.ifPresent(json -> to.set(Character.toLowerCase(property.charAt(0)) + property.substring(1), json));
    }
}
