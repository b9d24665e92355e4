package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the {@code Auth} of an {@code AWS::Serverless::HttpApi} into the API's document: authorizers as security
 * schemes, and the default authorizer into each route that says nothing else. Changes the document in place.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapiauth.html">HttpApiAuth</a>
 */
final class HttpApiSecurity {

    private static final String EXTENSION = "x-amazon-apigateway-";
    private static final String IAM = "AWS_IAM";
    private static final String NONE = "NONE";

    private final ObjectNode document;
    private final Properties auth;
    private final Map<String, List<String>> scopes = new LinkedHashMap<>();

    HttpApiSecurity(ObjectNode document, Properties auth) {
        this.document = document;
        this.auth = auth;
    }

    /** Defines the scheme of signed requests. */
    static void defineSigned(ObjectNode schemes) {
        schemes.putObject(IAM)
                .put("type", "apiKey")
                .put("name", "Authorization")
                .put("in", "header")
                .put(EXTENSION + "authtype", "awsSigv4");
    }

    void write() {
        ObjectNode schemes = document.withObjectProperty("components").withObjectProperty("securitySchemes");
        auth.object("Authorizers")
                .ifPresent(declared -> declared.node()
                        .entries()
                        .forEach((name, node) -> scheme(schemes.putObject(name), name, Properties.of(node))));
        if (auth.flag("EnableIamAuthorizer").orElse(false)) {
            defineSigned(schemes);
            scopes.put(IAM, List.of());
        }
        auth.text("DefaultAuthorizer").ifPresent(name -> {
            if (!scopes.containsKey(name)) {
                throw TemplateException.at(
                        auth.at(),
                        "'%s' is not an authorizer of this API; %s",
                        name,
                        Suggestion.of(name, scopes.keySet()));
            }
            applyDefault(name);
        });
    }

    private void scheme(ObjectNode scheme, String name, Properties authorizer) {
        scopes.put(name, authorizer.texts("AuthorizationScopes"));
        if (authorizer.node("JwtConfiguration").isPresent()) {
            Properties jwt = authorizer.requiredObject("JwtConfiguration");
            scheme.put("type", "oauth2");
            ObjectNode made = scheme.putObject(EXTENSION + "authorizer").put("type", "jwt");
            ObjectNode configuration = made.putObject("jwtConfiguration");
            configuration.put("issuer", jwt.requiredText("issuer"));
            ArrayNode audience = configuration.putArray("audience");
            jwt.texts("audience").forEach(audience::add);
            authorizer.text("IdentitySource").ifPresent(source -> made.put("identitySource", source));
            return;
        }
        String function = authorizer
                .text("FunctionArn")
                .orElseThrow(() -> TemplateException.at(
                        authorizer.at(), "the authorizer %s has neither JwtConfiguration nor FunctionArn", name));
        scheme.put("type", "apiKey").put("name", "Unused").put("in", "header");
        ObjectNode made = scheme.putObject(EXTENSION + "authorizer").put("type", "request");
        Arn arn = Arn.tryParse(function)
                .orElseThrow(
                        () -> TemplateException.at(authorizer.at(), "FunctionArn must be an ARN, found %s", function));
        made.put(
                "authorizerUri",
                "arn:%s:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
                        .formatted(arn.partition(), arn.region(), function));
        made.put("authorizerPayloadFormatVersion", authorizer.requiredText("AuthorizerPayloadFormatVersion"));
        authorizer.flag("EnableSimpleResponses").ifPresent(simple -> made.put("enableSimpleResponses", simple));
        Properties identity = authorizer
                .object("Identity")
                .orElseGet(() -> new Properties(TemplateNode.Mapping.empty(authorizer.at())));
        identity.integer("ReauthorizeEvery", 0, 3_600)
                .ifPresent(seconds -> made.put("authorizerResultTtlInSeconds", seconds));
        ArrayNode sources = made.putArray("identitySource");
        identity.texts("Headers").forEach(header -> sources.add("$request.header." + header));
        identity.texts("QueryStrings").forEach(query -> sources.add("$request.querystring." + query));
        identity.texts("Context").forEach(value -> sources.add("$context." + value));
        identity.texts("StageVariables").forEach(value -> sources.add("$stageVariables." + value));
    }

    /** Gives the default authorizer to each route without one, with the route's own scopes if it has any. */
    private void applyDefault(String name) {
        for (JsonNode path : document.path("paths")) {
            for (Map.Entry<String, JsonNode> method : path.properties()) {
                if (method.getValue() instanceof ObjectNode operation && isOpen(operation)) {
                    ArrayNode wanted =
                            operation.putArray("security").addObject().putArray(name);
                    scopes.getOrDefault(name, List.of()).forEach(wanted::add);
                }
            }
        }
    }

    private boolean isOpen(ObjectNode operation) {
        for (JsonNode requirement : operation.path("security")) {
            for (String known : scopes.keySet()) {
                if (requirement.has(known) || requirement.has(NONE)) {
                    return false;
                }
            }
        }
        return true;
    }
}
