package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.ApiPositions;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the methods that a template declares as resources ({@code AWS::ApiGateway::Resource}, {@code Method} and those
 * they name) into the document of their API. Not thread-safe.
 */
final class RestApiMethods {

    private static final String EXTENSION = "x-amazon-apigateway-";
    private static final String SIGNED = "sigv4";
    private static final String API_KEY = "api_key";
    private static final Set<String> BUILT_IN_MODELS = Set.of("Empty", "Error");
    private static final List<String> INTEGRATION = List.of(
            "Type",
            "Uri",
            "Credentials",
            "RequestParameters",
            "RequestTemplates",
            "PassthroughBehavior",
            "ContentHandling",
            "TimeoutInMillis",
            "ConnectionType",
            "ConnectionId",
            "TlsConfig",
            "CacheKeyParameters",
            "CacheNamespace");

    private final RestApiDocument api;
    private final ResourceReader resources;
    private final Resource restApi;

    RestApiMethods(RestApiDocument api, ResourceReader resources, Resource restApi) {
        this.api = api;
        this.resources = resources;
        this.restApi = restApi;
    }

    void write() {
        List<Resource> methods = api.of("AWS::ApiGateway::Method");
        if (methods.isEmpty()) {
            return;
        }
        api.of("AWS::ApiGateway::Model").forEach(this::model);
        api.of("AWS::ApiGateway::RequestValidator").forEach(this::validator);
        api.of("AWS::ApiGateway::Authorizer").forEach(this::authorizer);
        methods.forEach(method -> resources.problems().collect(() -> method(method)));
    }

    private void model(Resource model) {
        JsonNode schema = model.properties().json("Schema").orElseGet(() -> JsonNodeFactory.instance.objectNode());
        api.components("definitions", "schemas").set(model.physicalId(), schema);
        api.position(
                ApiPositions.member(
                        api.document().has("swagger") ? "$.definitions" : "$.components.schemas", model.physicalId()),
                model.declared().at());
    }

    private void validator(Resource validator) {
        ObjectNode made = api.document()
                .withObjectProperty(EXTENSION + "request-validators")
                .putObject(validator.logicalId());
        for (String property : List.of("ValidateRequestBody", "ValidateRequestParameters")) {
            made.put(
                    Character.toLowerCase(property.charAt(0)) + property.substring(1),
                    validator.properties().flag(property).orElse(false));
        }
    }

    private void authorizer(Resource authorizer) {
        Properties from = authorizer.properties();
        String type = from.requiredText("Type").toLowerCase(Locale.ROOT);
        Optional<String> source = from.text("IdentitySource");
        boolean hasHeader = !type.equals("request") && source.isPresent();
        ObjectNode scheme = api.components("securityDefinitions", "securitySchemes")
                .putObject(authorizer.logicalId())
                .put("type", "apiKey")
                .put("name", hasHeader ? source.get().replace("method.request.header.", "") : "Authorization")
                .put("in", "header")
                .put(EXTENSION + "authtype", "custom");
        ObjectNode extension = scheme.putObject(EXTENSION + "authorizer").put("type", type);
        for (String property : List.of(
                "AuthorizerUri",
                "IdentitySource",
                "IdentityValidationExpression",
                "AuthorizerResultTtlInSeconds",
                "ProviderARNs")) {
            RestApiDocument.copy(from, property, extension);
        }
        api.position(
                ApiPositions.member(
                        api.document().has("swagger") ? "$.securityDefinitions" : "$.components.securitySchemes",
                        authorizer.logicalId()),
                authorizer.declared().at());
    }

    private void method(Resource method) {
        Properties from = method.properties();
        String path = path(from.requiredText("ResourceId"), method, new HashSet<>());
        String verb = from.requiredText("HttpMethod");
        String name = verb.equals("ANY") ? EXTENSION + "any-method" : verb.toLowerCase(Locale.ROOT);
        ObjectNode operation = api.document()
                .withObjectProperty("paths")
                .withObjectProperty(path)
                .putObject(name);
        String at = ApiPositions.member(ApiPositions.member("$.paths", path), name);
        api.position(at, method.declared().at());
        from.object("Integration").ifPresent(integration -> {
            operation.set(EXTENSION + "integration", integration(integration));
            api.position(at + "." + EXTENSION + "integration", integration.at());
        });
        from.text("RequestValidatorId")
                .ifPresent(id -> operation.put(
                        EXTENSION + "request-validator",
                        named("AWS::ApiGateway::RequestValidator", id, "RequestValidatorId", from)));
        parameters(from, operation);
        models(from, operation);
        security(from, operation);
    }

    /** Returns the path of a resource, from the root of its API. */
    private String path(String resourceId, Resource user, Set<String> seen) {
        if (resourceId.equals(restApi.attribute("RootResourceId"))) {
            return "/";
        }
        Resource resource = api.of("AWS::ApiGateway::Resource").stream()
                .filter(each -> each.physicalId().equals(resourceId))
                .findFirst()
                .orElseThrow(() -> TemplateException.at(
                        user.declared().at(), "'%s' is not the id of a resource of its API in this stack", resourceId));
        if (!seen.add(resourceId)) {
            throw TemplateException.at(user.declared().at(), "the resource %s is its own parent", resource.logicalId());
        }
        String parent = path(resource.properties().requiredText("ParentId"), resource, seen);
        String step = resource.properties().requiredText("PathPart");
        return parent.equals("/") ? parent + step : parent + "/" + step;
    }

    private static ObjectNode integration(Properties from) {
        ObjectNode integration = JsonNodeFactory.instance.objectNode();
        INTEGRATION.forEach(property -> RestApiDocument.copy(from, property, integration));
        from.text("IntegrationHttpMethod").ifPresent(method -> integration.put("httpMethod", method));
        List<TemplateNode> responses = from.list("IntegrationResponses");
        if (!responses.isEmpty()) {
            ObjectNode made = integration.putObject("responses");
            responses.forEach(node -> response(Properties.of(node), made));
        }
        return integration;
    }

    private static void response(Properties from, ObjectNode responses) {
        String pattern =
                from.text("SelectionPattern").filter(text -> !text.isEmpty()).orElse("default");
        ObjectNode response = responses.putObject(pattern);
        for (String property : List.of("StatusCode", "ResponseParameters", "ResponseTemplates", "ContentHandling")) {
            RestApiDocument.copy(from, property, response);
        }
    }

    private static void parameters(Properties from, ObjectNode operation) {
        Map<String, String> parameters = from.textMap("RequestParameters");
        if (parameters.isEmpty()) {
            return;
        }
        ArrayNode made = operation.putArray("parameters");
        parameters.forEach((source, required) -> {
            String[] parts = source.split("\\.", 4);
            if (parts.length == 4) {
                made.addObject()
                        .put("name", parts[3])
                        .put("in", parts[2].equals("querystring") ? "query" : parts[2])
                        .put("required", Boolean.parseBoolean(required));
            }
        });
    }

    private void models(Properties from, ObjectNode operation) {
        Map<String, String> models = from.textMap("RequestModels");
        boolean isSwagger = api.document().has("swagger");
        models.forEach((type, model) -> {
            ObjectNode schemas = api.components("definitions", "schemas");
            if (!schemas.has(model)) {
                if (!BUILT_IN_MODELS.contains(model)) {
                    throw TemplateException.at(
                            from.at(),
                            "RequestModels: the API has no model %s; %s",
                            model,
                            Suggestion.of(
                                    model,
                                    api.of("AWS::ApiGateway::Model").stream()
                                            .map(Resource::physicalId)
                                            .toList()));
                }
                schemas.putObject(model);
            }
            if (isSwagger) {
                operation.withArray("consumes").add(type);
                operation
                        .withArray("parameters")
                        .addObject()
                        .put("in", "body")
                        .put("name", model)
                        .putObject("schema")
                        .put("$ref", "#/definitions/" + model);
            } else {
                operation
                        .withObjectProperty("requestBody")
                        .withObjectProperty("content")
                        .putObject(type)
                        .putObject("schema")
                        .put("$ref", "#/components/schemas/" + model);
            }
        });
    }

    private void security(Properties from, ObjectNode operation) {
        ObjectNode requirement = JsonNodeFactory.instance.objectNode();
        String type = from.text("AuthorizationType").orElse("NONE");
        if (type.equals("AWS_IAM")) {
            requirement.putArray(SIGNED);
            scheme(SIGNED, "Authorization").put(EXTENSION + "authtype", "awsSigv4");
        } else if (!type.equals("NONE")) {
            String id = from.requiredText("AuthorizerId");
            ArrayNode scopes = requirement.putArray(named("AWS::ApiGateway::Authorizer", id, "AuthorizerId", from));
            from.texts("AuthorizationScopes").forEach(scopes::add);
        }
        if (from.flag("ApiKeyRequired").orElse(false)) {
            requirement.putArray(API_KEY);
            scheme(API_KEY, "x-api-key");
        }
        if (!requirement.isEmpty()) {
            operation.putArray("security").add(requirement);
        }
    }

    private ObjectNode scheme(String name, String header) {
        return api.components("securityDefinitions", "securitySchemes")
                .putObject(name)
                .put("type", "apiKey")
                .put("name", header)
                .put("in", "header");
    }

    /** Returns the name in the document of a resource that is named by its physical id. */
    private String named(String type, String id, String property, Properties user) {
        return api.of(type).stream()
                .filter(each -> each.physicalId().equals(id))
                .findFirst()
                .map(Resource::logicalId)
                .orElseThrow(() -> TemplateException.at(
                        user.at(), "%s: '%s' is not an %s of this API in this stack", property, id, type));
    }
}
