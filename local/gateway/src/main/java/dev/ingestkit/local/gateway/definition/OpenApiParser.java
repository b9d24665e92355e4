package dev.ingestkit.local.gateway.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy.MalformedPolicyException;
import dev.ingestkit.local.gateway.authorizer.ResourcePolicy;
import dev.ingestkit.local.gateway.document.Located;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an API body: its top level, resources and methods. Used once for a definition. */
final class OpenApiParser {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method");
    private static final Set<String> SUPPORTED_VERSIONS = Set.of("2.0", "3.0.0", "3.0.1", "3.0.2", "3.0.3");
    private static final String EXTENSION = "x-amazon-apigateway-";

    private final String id;
    private final Located root;
    private final StageSettings stage;
    private final List<String> warnings = new ArrayList<>();
    private final AuthorizerParser authorizers;
    private final IntegrationParser integrations = new IntegrationParser(warnings);
    private final RequestRules rules;

    OpenApiParser(String id, JsonNode body, StageSettings stage) {
        this.id = id;
        this.root = Located.root(body);
        this.stage = stage;
        this.authorizers = new AuthorizerParser(root, warnings);
        this.rules = new RequestRules(root);
    }

    ApiDefinition parse() {
        checkVersion();
        Map<Located, RouteTable.Resource> resources = new LinkedHashMap<>();
        root.get("paths").fields().forEach((path, item) -> resources.put(item, resource(path, item)));
        if (resources.isEmpty()) {
            throw root.get("paths").problem("has no resource: there is nothing to serve");
        }
        Set<String> binary = new LinkedHashSet<>();
        root.get(EXTENSION + "binary-media-types")
                .items()
                .forEach(type -> binary.add(MediaTypes.bare(type.requiredText())));
        return new ApiDefinition(id, stage, RouteTable.of(resources), gatewayResponses(), binary, policy(), warnings);
    }

    private void checkVersion() {
        Located version = root.get("openapi").present() ? root.get("openapi") : root.get("swagger");
        String text = version.text().orElseThrow(() -> root.problem("has neither \"openapi\" nor \"swagger\""));
        if (!SUPPORTED_VERSIONS.contains(text)) {
            throw version.problem("must be OpenAPI 3.0.x or Swagger 2.0, found " + text);
        }
        Located keys = root.get(EXTENSION + "api-key-source");
        if (keys.text().filter("AUTHORIZER"::equalsIgnoreCase).isPresent()) {
            warnings.add(keys.path() + ": API keys from an authorizer are not read by this runtime; methods that need a"
                    + " key take it from the header x-api-key");
        }
        if (root.get("security").present()) {
            warnings.add("$.security: API Gateway ignores security at the root. Name it in each method");
        }
    }

    private @Nullable ResourcePolicy policy() {
        Located policy = root.get(EXTENSION + "policy");
        if (!policy.present()) {
            return null;
        }
        try {
            return ResourcePolicy.parse(policy.node(), id);
        } catch (MalformedPolicyException malformed) {
            throw policy.problem("is not a policy: " + malformed.getMessage());
        }
    }

    private Map<GatewayResponseType, GatewayResponse> gatewayResponses() {
        Map<GatewayResponseType, GatewayResponse> responses = new EnumMap<>(GatewayResponseType.class);
        root.get(EXTENSION + "gateway-responses").fields().forEach((name, response) -> {
            GatewayResponseType type = GatewayResponseType.named(name)
                    .orElseThrow(() -> response.problem("is not a gateway response type of API Gateway"));
            responses.put(type, GatewayResponse.parse(response));
        });
        return responses;
    }

    private RouteTable.Resource resource(String path, Located item) {
        if (!path.startsWith("/")) {
            throw item.problem("a resource's path must start with a slash");
        }
        Map<String, MethodDefinition> methods = new LinkedHashMap<>();
        item.fields().forEach((name, method) -> {
            if (METHODS.contains(name)) {
                String verb = name.startsWith(EXTENSION) ? MethodDefinition.ANY : name.toUpperCase(Locale.ROOT);
                methods.put(verb, method(verb, path, item, method));
                if (verb.equals(MethodDefinition.ANY) && invokesWithTheClientsMethod(method)) {
                    methods.putIfAbsent("POST", method("POST", path, item, method));
                }
            } else if (!name.equals("parameters")
                    && !name.equals("summary")
                    && !name.equals("description")
                    && !name.startsWith("x-")) {
                warnings.add(method.path() + ": is not a method of API Gateway and is ignored");
            }
        });
        return new RouteTable.Resource(path, Map.copyOf(methods));
    }

    private MethodDefinition method(String verb, String path, Located item, Located method) {
        Integration integration = integrations.parse(method.get(EXTENSION + "integration"), verb);
        RequestRules.Checks checks = rules.of(item, method);
        return new MethodDefinition(
                verb,
                path,
                resourceId(path),
                authorizers.of(method),
                checks.parameters(),
                checks.models(),
                authorizers.refusal(method).map(OpenApiParser::notRun).orElse(integration));
    }

    /** Of all methods only POST works then, where the back end is a function. */
    private static boolean invokesWithTheClientsMethod(Located method) {
        return method.get(EXTENSION + "integration")
                .get("httpMethod")
                .text()
                .filter(MethodDefinition.ANY::equalsIgnoreCase)
                .isPresent();
    }

    private static Integration notRun(String reason) {
        return IntegrationParser.withoutBackEnd(new Integration.NotRun(reason));
    }

    /**
     * Returns six characters that are the same for the same path in every run, so that logs of two runs can be
     * compared.
     */
    private static String resourceId(String path) {
        String digits = Long.toString(Integer.toUnsignedLong(path.hashCode()), 36);
        return "0".repeat(Math.max(0, 6 - digits.length())) + digits.substring(Math.max(0, digits.length() - 6));
    }
}
