package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.ApiPositions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The OpenAPI document of one HTTP API: the template's own, with the routes, integrations, authorizers and CORS
 * settings that the template declares beside it written into it as API Gateway exports them. Not thread-safe.
 */
final class HttpApiDocument {

    private static final String EXTENSION = "x-amazon-apigateway-";
    private static final String DEFAULT = "$default";
    private static final String SIGNED = "AWS_IAM";
    /** Properties of an integration, each with its name in the document, in this order. */
    private static final List<Map.Entry<String, String>> INTEGRATION = List.of(
            Map.entry("IntegrationUri", "uri"),
            Map.entry("IntegrationMethod", "httpMethod"),
            Map.entry("IntegrationSubtype", "integrationSubtype"),
            Map.entry("PayloadFormatVersion", "payloadFormatVersion"),
            Map.entry("RequestParameters", "requestParameters"),
            Map.entry("TimeoutInMillis", "timeoutInMillis"),
            Map.entry("ConnectionType", "connectionType"));

    private final ResourceReader resources;
    private final Resource api;
    private final ObjectNode document;
    private final DocumentPositions positions = new DocumentPositions();

    HttpApiDocument(ResourceReader resources, Resource api) {
        this.resources = resources;
        this.api = api;
        this.document = positions.document(api);
    }

    /** Returns the resources of a type that belong to an API. */
    static List<Resource> of(ResourceReader resources, Resource api, String type) {
        return resources.ofType(type).stream()
                .filter(each -> each.properties()
                        .text("ApiId")
                        .filter(api.physicalId()::equals)
                        .isPresent())
                .toList();
    }

    /** Returns the document; empty for an API without a route. */
    Optional<ObjectNode> build() {
        api.properties().node("CorsConfiguration").ifPresent(this::cors);
        of(resources, api, "AWS::ApiGatewayV2::Authorizer").forEach(this::authorizer);
        for (Resource route : of(resources, api, "AWS::ApiGatewayV2::Route")) {
            resources.problems().collect(() -> route(route));
        }
        quickCreate();
        api.properties().object("Auth").ifPresent(auth -> new HttpApiSecurity(document, auth).write());
        return document.path("paths").isEmpty() ? Optional.empty() : Optional.of(document);
    }

    ApiPositions positions() {
        return positions.of(api.declared().at());
    }

    /** SAM takes {@code true} for any origin. */
    private void cors(TemplateNode node) {
        ObjectNode cors = document.putObject(EXTENSION + "cors");
        positions.add("$." + EXTENSION + "cors", node.at());
        if (!(node instanceof TemplateNode.Mapping mapping)) {
            if (new Properties(TemplateNode.Mapping.empty(node.at()).with("Cors", node))
                    .flag("Cors")
                    .orElse(false)) {
                cors.putArray("allowOrigins").add("*");
            } else {
                document.remove(EXTENSION + "cors");
            }
            return;
        }
        Properties settings = new Properties(mapping);
        for (String list : List.of("AllowOrigins", "AllowMethods", "AllowHeaders", "ExposeHeaders")) {
            RestApiDocument.copy(settings, list, cors);
        }
        RestApiDocument.copy(settings, "MaxAge", cors);
        settings.flag("AllowCredentials").ifPresent(value -> cors.set("allowCredentials", BooleanNode.valueOf(value)));
    }

    private void authorizer(Resource authorizer) {
        Properties from = authorizer.properties();
        String type = from.requiredText("AuthorizerType").toLowerCase(Locale.ROOT);
        ObjectNode made = schemes()
                .putObject(authorizer.logicalId())
                .put("type", type.equals("jwt") ? "oauth2" : "apiKey")
                .putObject(EXTENSION + "authorizer")
                .put("type", type);
        for (String property : List.of(
                "AuthorizerUri",
                "AuthorizerPayloadFormatVersion",
                "EnableSimpleResponses",
                "IdentitySource",
                "AuthorizerResultTtlInSeconds")) {
            RestApiDocument.copy(from, property, made);
        }
        from.object("JwtConfiguration").ifPresent(jwt -> {
            ObjectNode configuration = made.putObject("jwtConfiguration");
            RestApiDocument.copy(jwt, "Issuer", configuration);
            RestApiDocument.copy(jwt, "Audience", configuration);
        });
        positions.add(
                ApiPositions.member("$.components.securitySchemes", authorizer.logicalId()),
                authorizer.declared().at());
    }

    private ObjectNode schemes() {
        return document.withObjectProperty("components").withObjectProperty("securitySchemes");
    }

    private void route(Resource route) {
        Properties from = route.properties();
        String key = from.requiredText("RouteKey");
        ObjectNode operation = operation(key, route.declared());
        String target = from.requiredText("Target");
        Resource integration = of(resources, api, "AWS::ApiGatewayV2::Integration").stream()
                .filter(each -> target.equals("integrations/" + each.physicalId()))
                .findFirst()
                .orElseThrow(() -> TemplateException.at(
                        from.at(), "Target: '%s' is not an integration of this API in this stack", target));
        operation.set(EXTENSION + "integration", integration(integration.properties()));
        positions.add(
                path(key) + "." + EXTENSION + "integration",
                integration.declared().at());
        security(from, operation);
    }

    private ObjectNode operation(String key, ResourceDeclaration declared) {
        positions.add(path(key), declared.at());
        return document.withObjectProperty("paths")
                .withObjectProperty(pathOf(key))
                .putObject(method(key));
    }

    private static String path(String key) {
        return ApiPositions.member(ApiPositions.member("$.paths", pathOf(key)), method(key));
    }

    private static String pathOf(String key) {
        return key.substring(key.indexOf(' ') + 1);
    }

    private static String method(String key) {
        int space = key.indexOf(' ');
        String method = space < 0 ? "ANY" : key.substring(0, space);
        return method.equals("ANY") ? EXTENSION + "any-method" : method.toLowerCase(Locale.ROOT);
    }

    private static ObjectNode integration(Properties from) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("type", from.requiredText("IntegrationType").toLowerCase(Locale.ROOT));
        INTEGRATION.forEach(each -> from.json(each.getKey()).ifPresent(value -> made.set(each.getValue(), value)));
        from.object("ResponseParameters").ifPresent(all -> {
            ObjectNode responses = made.putObject("responseParameters");
            all.node()
                    .entries()
                    .forEach((status, node) ->
                            changes(Properties.of(node).list("ResponseParameters"), responses.putObject(status)));
        });
        return made;
    }

    /** CloudFormation writes the changes of a response as a list of source and destination. */
    private static void changes(List<TemplateNode> list, ObjectNode changes) {
        for (TemplateNode node : list) {
            Properties change = Properties.of(node);
            changes.put(change.requiredText("Destination"), change.requiredText("Source"));
        }
    }

    private void security(Properties from, ObjectNode operation) {
        String type = from.text("AuthorizationType").orElse("NONE");
        if (type.equals("NONE")) {
            return;
        }
        if (type.equals(SIGNED)) {
            HttpApiSecurity.defineSigned(schemes());
            operation.putArray("security").addObject().putArray(SIGNED);
            return;
        }
        String id = from.requiredText("AuthorizerId");
        String name = of(resources, api, "AWS::ApiGatewayV2::Authorizer").stream()
                .filter(each -> each.physicalId().equals(id))
                .findFirst()
                .map(Resource::logicalId)
                .orElseThrow(() -> TemplateException.at(
                        from.at(), "AuthorizerId: '%s' is not an authorizer of this API in this stack", id));
        ArrayNode scopes = operation.putArray("security").addObject().putArray(name);
        from.texts("AuthorizationScopes").forEach(scopes::add);
    }

    /** An API with a Target has one route to it, with the key that the template gives, or the default one. */
    private void quickCreate() {
        api.properties().text("Target").ifPresent(target -> {
            ObjectNode integration = operation(api.properties().text("RouteKey").orElse(DEFAULT), api.declared())
                    .putObject(EXTENSION + "integration");
            integration.put("type", target.startsWith("http") ? "http_proxy" : "aws_proxy");
            integration.put("uri", target).put("payloadFormatVersion", "2.0");
        });
    }
}
