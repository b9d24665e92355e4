package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the properties that a template declares beside an OpenAPI document into it, as SAM does. Changes the document
 * in place.
 */
final class ApiExtensions {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "x-amazon-apigateway-any-method");

    private final ObjectNode document;
    private final Properties api;

    ApiExtensions(ObjectNode document, Properties api) {
        this.document = document;
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
        api.object("Auth").ifPresent(auth -> {
            authorizers(auth);
            auth.json("ResourcePolicy").ifPresent(this::policy);
        });
        refuse("Cors", "write the OPTIONS methods into the OpenAPI document");
    }

    /** The gateway decides what to do with the policy, and reads it from the document only. */
    private void policy(JsonNode policy) {
        document.set("x-amazon-apigateway-policy", policy);
    }

    private void refuse(String property, String instead) {
        api.node(property).ifPresent(node -> {
            throw TemplateException.at(node.at(), "%s is not supported here; %s", property, instead);
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

    private void authorizers(Properties auth) {
        ObjectNode schemes = document.has("swagger")
                ? document.withObjectProperty("securityDefinitions")
                : document.withObjectProperty("components").withObjectProperty("securitySchemes");
        Set<String> names = new LinkedHashSet<>();
        auth.object("Authorizers")
                .ifPresent(authorizers -> authorizers.node().entries().forEach((name, node) -> {
                    schemes.set(name, scheme(Properties.of(node)));
                    names.add(name);
                }));
        auth.text("DefaultAuthorizer").ifPresent(name -> {
            if (!names.contains(name)) {
                throw TemplateException.at(
                        auth.at(), "there is no authorizer %s; %s", name, Suggestion.of(name, names));
            }
            secureAll(name, auth.flag("AddDefaultAuthorizerToCorsPreflight").orElse(true));
        });
    }

    private static ObjectNode scheme(Properties authorizer) {
        String function = authorizer
                .text("FunctionArn")
                .orElseThrow(
                        () -> TemplateException.at(authorizer.at(), "only authorizers with a FunctionArn are run"));
        boolean isRequest = authorizer
                .oneOf("FunctionPayloadType", List.of("TOKEN", "REQUEST"))
                .filter("REQUEST"::equals)
                .isPresent();
        Properties identity = authorizer
                .object("Identity")
                .orElseGet(() -> new Properties(TemplateNode.Mapping.empty(authorizer.at())));
        ObjectNode scheme = JsonNodeFactory.instance
                .objectNode()
                .put("type", "apiKey")
                .put("name", isRequest ? "Unused" : identity.text("Header").orElse("Authorization"))
                .put("in", "header")
                .put("x-amazon-apigateway-authtype", "custom");
        ObjectNode extension =
                scheme.putObject("x-amazon-apigateway-authorizer").put("type", isRequest ? "request" : "token");
        String[] arn = function.split(":", 6);
        if (arn.length < 6) {
            throw TemplateException.at(authorizer.at(), "FunctionArn must be an ARN, found %s", function);
        }
        extension.put(
                "authorizerUri",
                "arn:%s:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
                        .formatted(arn[1], arn[3], function));
        if (isRequest) {
            extension.put("identitySource", String.join(", ", sources(identity)));
        }
        identity.text("ValidationExpression")
                .ifPresent(expression -> extension.put("identityValidationExpression", expression));
        identity.integer("ReauthorizeEvery", 0, 3_600)
                .ifPresent(seconds -> extension.put("authorizerResultTtlInSeconds", seconds));
        return scheme;
    }

    private static Set<String> sources(Properties identity) {
        Set<String> sources = new LinkedHashSet<>();
        identity.texts("Headers").forEach(name -> sources.add("method.request.header." + name));
        identity.texts("QueryStrings").forEach(name -> sources.add("method.request.querystring." + name));
        identity.texts("StageVariables").forEach(name -> sources.add("stageVariables." + name));
        identity.texts("Context").forEach(name -> sources.add("context." + name));
        return sources;
    }

    private void secureAll(String name, boolean withPreflight) {
        for (JsonNode path : document.path("paths")) {
            for (Map.Entry<String, JsonNode> method : path.properties()) {
                boolean isPreflight = method.getKey().equals("options");
                if (METHODS.contains(method.getKey())
                        && method.getValue() instanceof ObjectNode operation
                        && !operation.has("security")
                        && (withPreflight || !isPreflight)) {
                    operation.putArray("security").addObject().putArray(name);
                }
            }
        }
    }
}
