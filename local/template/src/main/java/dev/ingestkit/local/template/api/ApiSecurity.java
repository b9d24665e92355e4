package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the {@code Auth} of an {@code AWS::Serverless::Api} into the API's document: authorizers as security schemes,
 * and the API's defaults into each method that says nothing else. Changes the document in place.
 *
 * @see <a
 *
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html">ApiAuth</a>
 */
final class ApiSecurity {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "x-amazon-apigateway-any-method");
    private static final String IAM = "AWS_IAM";
    private static final String API_KEY = "api_key";
    private static final String NO_API_KEY = "api_key_false";
    private static final String NONE = "NONE";

    private final ResourceReader resources;
    private final ObjectNode document;
    private final Properties auth;
    /** The names of the authorizers with the scopes of methods that name none. */
    private final Map<String, List<String>> authorizers = new LinkedHashMap<>();

    ApiSecurity(ResourceReader resources, ObjectNode document, Properties auth) {
        this.resources = resources;
        this.document = document;
        this.auth = auth;
    }

    void write() {
        auth.object("Authorizers")
                .ifPresent(declared -> declared.node().entries().forEach((name, node) -> {
                    Properties authorizer = Properties.of(node);
                    schemes().set(name, scheme(authorizer));
                    authorizers.put(name, authorizer.texts("AuthorizationScopes"));
                }));
        auth.text("DefaultAuthorizer").ifPresent(this::secureByDefault);
        if (auth.flag("ApiKeyRequired").orElse(false)) {
            requireKeys(auth.flag("AddApiKeyRequiredToCorsPreflight").orElse(true));
        }
        removeMarkers();
        signedAndKeyed();
    }

    /** SAM looks for the name among the authorizers; without any it looks no further, and the methods stay open. */
    private void secureByDefault(String name) {
        if (!name.equals(IAM) && authorizers.isEmpty()) {
            resources.warn(
                    auth.at(),
                    ("DefaultAuthorizer '%s' has no effect, neither here nor in SAM: the API has no Authorizers, and its"
                                    + " methods are open; the authorizer of signed requests is AWS_IAM")
                            .formatted(name));
            return;
        }
        if (!name.equals(IAM) && !authorizers.containsKey(name)) {
            throw TemplateException.at(
                    auth.at(),
                    "Unable to set DefaultAuthorizer because '%s' was not defined in 'Authorizers'; %s",
                    name,
                    Suggestion.of(name, authorizers.keySet()));
        }
        secureAll(name, auth.flag("AddDefaultAuthorizerToCorsPreflight").orElse(true));
    }

    private ObjectNode schemes() {
        return document.has("swagger")
                ? document.withObjectProperty("securityDefinitions")
                : document.withObjectProperty("components").withObjectProperty("securitySchemes");
    }

    /** Defines the two schemes that methods may name without a definition of their own. */
    private void signedAndKeyed() {
        Set<String> used = new LinkedHashSet<>();
        operations(true)
                .forEach(operation -> operation
                        .path("security")
                        .forEach(requirement -> requirement.fieldNames().forEachRemaining(used::add)));
        if (used.contains(IAM) && !schemes().has(IAM)) {
            header(IAM, "Authorization").put("x-amazon-apigateway-authtype", "awsSigv4");
        }
        if (used.contains(API_KEY) && !schemes().has(API_KEY)) {
            header(API_KEY, "x-api-key");
        }
    }

    private ObjectNode header(String scheme, String name) {
        return schemes()
                .putObject(scheme)
                .put("type", "apiKey")
                .put("name", name)
                .put("in", "header");
    }

    private static ObjectNode scheme(Properties authorizer) {
        Optional<String> named = authorizer.text("FunctionArn");
        if (named.isEmpty()) {
            return userPool(authorizer);
        }
        String function = named.get();
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
        Arn arn = Arn.tryParse(function)
                .orElseThrow(
                        () -> TemplateException.at(authorizer.at(), "FunctionArn must be an ARN, found %s", function));
        extension.put(
                "authorizerUri",
                new Arn(
                                arn.partition(),
                                "apigateway",
                                arn.region(),
                                "lambda",
                                "path/2015-03-31/functions/%s/invocations".formatted(function))
                        .toString());
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

    private static ObjectNode userPool(Properties authorizer) {
        TemplateNode pools = authorizer
                .node("UserPoolArn")
                .orElseThrow(() -> TemplateException.at(
                        authorizer.at(), "the authorizer has neither FunctionArn nor UserPoolArn"));
        Properties identity = authorizer
                .object("Identity")
                .orElseGet(() -> new Properties(TemplateNode.Mapping.empty(authorizer.at())));
        ObjectNode scheme = JsonNodeFactory.instance
                .objectNode()
                .put("type", "apiKey")
                .put("name", identity.text("Header").orElse("Authorization"))
                .put("in", "header")
                .put("x-amazon-apigateway-authtype", "cognito_user_pools");
        ObjectNode extension =
                scheme.putObject("x-amazon-apigateway-authorizer").put("type", "cognito_user_pools");
        ArrayNode arns = extension.putArray("providerARNs");
        if (pools instanceof TemplateNode.Sequence) {
            authorizer.texts("UserPoolArn").forEach(arns::add);
        } else {
            arns.add(authorizer.requiredText("UserPoolArn"));
        }
        identity.text("ValidationExpression")
                .ifPresent(expression -> extension.put("identityValidationExpression", expression));
        return scheme;
    }

    private List<ObjectNode> operations(boolean withPreflight) {
        List<ObjectNode> operations = new ArrayList<>();
        for (JsonNode path : document.path("paths")) {
            for (Map.Entry<String, JsonNode> method : path.properties()) {
                if (METHODS.contains(method.getKey())
                        && method.getValue() instanceof ObjectNode operation
                        && (withPreflight || !method.getKey().equals("options"))) {
                    operations.add(operation);
                }
            }
        }
        return operations;
    }

    /** Gives the default authorizer to each method without one, also to one with an empty list; {@code NONE} keeps it open. */
    private void secureAll(String name, boolean withPreflight) {
        for (ObjectNode operation : operations(withPreflight)) {
            Set<String> named = names(operation);
            boolean hasOwn = named.stream().anyMatch(each -> authorizers.containsKey(each) || each.equals(IAM));
            if (!named.contains(NONE) && !hasOwn) {
                ArrayNode scopes =
                        operation.withArrayProperty("security").addObject().putArray(name);
                authorizers.getOrDefault(name, List.of()).forEach(scopes::add);
            }
        }
    }

    /** Removes SAM's marker of a method without authorizer, which API Gateway does not know. */
    private void removeMarkers() {
        for (ObjectNode operation : operations(true)) {
            if (operation.get("security") instanceof ArrayNode security) {
                for (int i = security.size() - 1; i >= 0; i--) {
                    if (security.get(i).has(NONE) || security.get(i).has(NO_API_KEY)) {
                        security.remove(i);
                    }
                }
            }
        }
    }

    private void requireKeys(boolean withPreflight) {
        for (ObjectNode operation : operations(withPreflight)) {
            Set<String> named = names(operation);
            if (!named.contains(API_KEY) && !named.contains(NO_API_KEY)) {
                operation.withArrayProperty("security").addObject().putArray(API_KEY);
            }
        }
    }

    private static Set<String> names(ObjectNode operation) {
        Set<String> names = new LinkedHashSet<>();
        if (operation.get("security") instanceof ArrayNode security) {
            security.forEach(requirement -> requirement.fieldNames().forEachRemaining(names::add));
        }
        return names;
    }
}
