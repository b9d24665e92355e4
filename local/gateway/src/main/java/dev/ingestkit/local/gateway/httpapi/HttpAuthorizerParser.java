package dev.ingestkit.local.gateway.httpapi;

import dev.ingestkit.local.gateway.definition.FunctionUri;
import dev.ingestkit.local.gateway.document.Located;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the security schemes of an HTTP API: Lambda authorizers, JWT authorizers and IAM. */
final class HttpAuthorizerParser {

    private static final int MAX_TTL_SECONDS = 3_600;
    private static final String NONE = "NONE";

    /** The security of a route, or the reason why the route cannot be served here. */
    record Security(HttpRoute.Access access, @Nullable String refusal) {}

    private record Scheme(
            @Nullable HttpAuthorizer authorizer,
            boolean signed,
            @Nullable String refusal) {}

    private final Located root;
    private final List<String> warnings;
    private final Map<String, Scheme> known = new HashMap<>();

    HttpAuthorizerParser(Located root, List<String> warnings) {
        this.root = root;
        this.warnings = warnings;
    }

    Security of(Located operation) {
        HttpRoute.Access access = HttpRoute.Access.OPEN;
        String refusal = null;
        for (Located requirement : operation.get("security").items()) {
            for (Map.Entry<String, Located> named : requirement.fields().entrySet()) {
                if (!named.getKey().equals(NONE)) {
                    Scheme scheme = scheme(named.getKey(), named.getValue());
                    List<String> scopes = named.getValue().items().stream()
                            .map(Located::requiredText)
                            .toList();
                    access = new HttpRoute.Access(scheme.authorizer(), scopes, scheme.signed());
                    refusal = scheme.refusal();
                }
            }
        }
        return new Security(access, refusal);
    }

    private Scheme scheme(String name, Located usedAt) {
        Scheme scheme = known.get(name);
        if (scheme == null) {
            scheme = parse(name, usedAt);
            known.put(name, scheme);
            if (scheme.refusal() != null) {
                warnings.add(scheme.refusal());
            }
        }
        return scheme;
    }

    private Scheme parse(String name, Located usedAt) {
        Located at = root.get("components").get("securitySchemes").get(name);
        if (!at.present()) {
            throw usedAt.problem("names a security scheme that the API does not define: " + name);
        }
        if (at.get("x-amazon-apigateway-authtype")
                .text()
                .filter("awsSigv4"::equalsIgnoreCase)
                .isPresent()) {
            return new Scheme(null, true, null);
        }
        Located authorizer = at.get("x-amazon-apigateway-authorizer");
        String type = authorizer.get("type").text().orElse("").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "jwt" -> new Scheme(jwt(name, authorizer), false, null);
            case "request" -> new Scheme(lambda(name, authorizer), false, null);
            default ->
                new Scheme(
                        null,
                        false,
                        at.path() + ": this kind of security is not supported here; routes that use it answer 501");
        };
    }

    private static HttpAuthorizer.Jwt jwt(String name, Located at) {
        Located configuration = at.get("jwtConfiguration");
        List<HttpValue> sources = sources(at.get("identitySource"));
        HttpValue token = sources.isEmpty() ? HttpValue.of("$request.header.Authorization") : sources.get(0);
        List<String> audience = configuration.get("audience").items().stream()
                .map(Located::requiredText)
                .toList();
        return new HttpAuthorizer.Jwt(name, token, configuration.get("issuer").requiredText(), audience);
    }

    private static HttpAuthorizer.Lambda lambda(String name, Located at) {
        Located uri = at.get("authorizerUri");
        String function = FunctionUri.function(uri.requiredText())
                .orElseThrow(() -> uri.problem("is not the invocation URI of a function: " + uri.requiredText()));
        List<HttpValue> identity = sources(at.get("identitySource"));
        Located format = at.get("authorizerPayloadFormatVersion");
        HttpIntegration.PayloadFormat payload = HttpIntegrationParser.format(format, "1.0");
        boolean simple = at.get("enableSimpleResponses").isTrue();
        if (simple && payload == HttpIntegration.PayloadFormat.V1) {
            throw format.problem("must be 2.0 for simple responses");
        }
        Located ttl = at.get("authorizerResultTtlInSeconds");
        int seconds = ttl.integer().orElse(0);
        if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
            throw ttl.problem("must be 0 to 3600 seconds, found " + seconds);
        }
        return new HttpAuthorizer.Lambda(name, function, identity, payload, simple, Duration.ofSeconds(seconds));
    }

    /** Identity sources are a list, or one text with commas. */
    private static List<HttpValue> sources(Located at) {
        List<HttpValue> sources = new ArrayList<>();
        if (!at.present()) {
            return sources;
        }
        if (at.node().isArray()) {
            at.items().forEach(item -> sources.add(HttpValue.of(item.requiredText())));
            return sources;
        }
        for (String source : at.requiredText().split(",", -1)) {
            if (!source.isBlank()) {
                sources.add(HttpValue.of(source.strip()));
            }
        }
        return sources;
    }
}
