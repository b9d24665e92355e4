package dev.ingestkit.local.gateway.httpapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.document.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the document of an HTTP API. Used once for a definition. */
final class HttpApiParser {

    private static final String EXTENSION = "x-amazon-apigateway-";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");

    private final String id;
    private final Located root;
    private final StageSettings stage;
    private final List<String> warnings = new ArrayList<>();
    private final HttpAuthorizerParser authorizers;
    private final HttpIntegrationParser integrations;

    HttpApiParser(String id, JsonNode body, StageSettings stage) {
        this.id = id;
        this.root = Located.root(body);
        this.stage = stage;
        this.authorizers = new HttpAuthorizerParser(root, warnings);
        this.integrations = new HttpIntegrationParser(root, warnings);
    }

    HttpApiDefinition parse() {
        Map<String, HttpRoute> routes = new LinkedHashMap<>();
        root.get("paths")
                .fields()
                .forEach((path, item) -> item.fields().forEach((name, operation) -> {
                    HttpRoute route = route(path, name, operation);
                    if (route != null) {
                        routes.put(route.key(), route);
                    }
                }));
        if (routes.isEmpty()) {
            throw root.get("paths").problem("has no route: there is nothing to serve");
        }
        Located cors = root.get(EXTENSION + "cors");
        return new HttpApiDefinition(
                id, stage, new HttpRoutes(routes.values()), cors.present() ? CorsPolicy.parse(cors) : null, warnings);
    }

    private @Nullable HttpRoute route(String path, String name, Located operation) {
        boolean isAny = name.equals(EXTENSION + "any-method");
        if (!isAny && !METHODS.contains(name)) {
            return null;
        }
        boolean isDefault = path.replaceFirst("^/", "").equals(HttpRoute.DEFAULT);
        if (!isDefault && !path.startsWith("/")) {
            throw operation.problem("a route's path must start with a slash, found " + path);
        }
        String key =
                isDefault ? HttpRoute.DEFAULT : (isAny ? HttpRoute.ANY : name.toUpperCase(Locale.ROOT)) + " " + path;
        HttpAuthorizerParser.Security security = authorizers.of(operation);
        HttpIntegration integration = integrations.parse(operation.get(EXTENSION + "integration"));
        return new HttpRoute(
                key,
                security.refusal() == null ? integration : HttpIntegrationParser.notRun(security.refusal()),
                security.access());
    }
}
