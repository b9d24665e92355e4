package dev.ingestkit.local.gateway.definition;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads security schemes: Lambda authorizers of both kinds, Cognito user pools, signatures and API keys. Every other
 * scheme gets a warning.
 */
final class AuthorizerParser {

    private static final int DEFAULT_TTL_SECONDS = 300;
    private static final int MAX_TTL_SECONDS = 3_600;

    /** SAM's name for the open methods of an API whose other methods have a default authorizer. */
    private static final String NONE = "NONE";

    /** The security of a method, or the reason why the method cannot be served here. */
    private record Scheme(MethodAccess access, @Nullable String refusal) {

        static Scheme refused(String reason) {
            return new Scheme(MethodAccess.OPEN, reason);
        }
    }

    private final Located root;
    private final List<String> warnings;
    private final Map<String, Scheme> known = new HashMap<>();

    AuthorizerParser(Located root, List<String> warnings) {
        this.root = root;
        this.warnings = warnings;
    }

    /** Returns the conditions that a method's requests have to meet. */
    MethodAccess of(Located method) {
        MethodAccess all = MethodAccess.OPEN;
        for (Scheme scheme : schemes(method)) {
            MethodAccess access = scheme.access();
            LambdaAuthorizer authorizer = all.authorizer() == null ? access.authorizer() : all.authorizer();
            UserPoolAuthorizer userPools = all.userPools() == null ? access.userPools() : all.userPools();
            all = new MethodAccess(
                    authorizer, userPools, all.signed() || access.signed(), all.apiKey() || access.apiKey());
        }
        return all;
    }

    /**
     * Returns the reason why a method with an unsupported scheme is not served: an unprotected answer would be worse
     * than none.
     */
    Optional<String> refusal(Located method) {
        return schemes(method).stream()
                .map(Scheme::refusal)
                .flatMap(refusal -> Optional.ofNullable(refusal).stream())
                .findFirst();
    }

    private List<Scheme> schemes(Located method) {
        List<Scheme> schemes = new ArrayList<>();
        for (Located requirement : method.get("security").items()) {
            requirement.fields().forEach((name, scopes) -> {
                if (!name.equals(NONE)) {
                    schemes.add(scoped(scheme(name, scopes), scopes));
                }
            });
        }
        return schemes;
    }

    private static Scheme scoped(Scheme scheme, Located scopes) {
        UserPoolAuthorizer userPools = scheme.access().userPools();
        if (userPools == null) {
            return scheme;
        }
        List<String> wanted = scopes.items().stream().map(Located::requiredText).toList();
        return new Scheme(new MethodAccess(null, userPools.withScopes(wanted), false, false), null);
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
        Located components = root.get("components").get("securitySchemes").get(name);
        Located at = components.present()
                ? components
                : root.get("securityDefinitions").get(name);
        if (!at.present()) {
            throw usedAt.problem("names a security scheme that the API does not define: " + name);
        }
        Located authorizer = at.get("x-amazon-apigateway-authorizer");
        if (authorizer.present()) {
            return authorizer(name, at, authorizer);
        }
        String kind = at.get("x-amazon-apigateway-authtype").text().orElse("");
        if (kind.equalsIgnoreCase("awsSigv4")) {
            return new Scheme(new MethodAccess(null, null, true, false), null);
        }
        boolean apiKey = at.get("type").text().filter("apiKey"::equals).isPresent();
        if (apiKey && kind.isEmpty()) {
            return new Scheme(new MethodAccess(null, null, false, true), null);
        }
        return Scheme.refused(at.path() + ": " + (kind.isEmpty() ? "this kind of security" : kind)
                + " is not supported here; methods that use it answer 501");
    }

    private Scheme authorizer(String name, Located at, Located authorizer) {
        String type = authorizer.get("type").requiredText().toLowerCase(Locale.ROOT);
        if (type.equals("cognito_user_pools")) {
            UserPoolAuthorizer userPools = new UserPoolAuthorizer(
                    name,
                    identity(at, authorizer, true).get(0),
                    pattern(authorizer.get("identityValidationExpression")),
                    UserPoolAuthorizer.issuers(authorizer.get("providerARNs")),
                    List.of());
            return new Scheme(new MethodAccess(null, userPools, false, false), null);
        }
        if (!type.equals("request") && !type.equals("token")) {
            return Scheme.refused(authorizer.get("type").path() + ": authorizers of type " + type
                    + " are not supported here; methods that use it answer 501");
        }
        boolean token = type.equals("token");
        Located uri = authorizer.get("authorizerUri");
        String function = FunctionUri.function(uri.requiredText())
                .orElseThrow(() -> uri.problem("is not the invocation URI of a function: " + uri.requiredText()));
        List<ParameterSource> identity = identity(at, authorizer, token);
        Duration ttl = ttl(authorizer.get("authorizerResultTtlInSeconds"));
        if (!ttl.isZero() && identity.isEmpty()) {
            throw authorizer
                    .get("identitySource")
                    .problem("is missing: an authorizer whose results are cached needs one (or a TTL of 0)");
        }
        LambdaAuthorizer.Kind kind = token ? LambdaAuthorizer.Kind.TOKEN : LambdaAuthorizer.Kind.REQUEST;
        Pattern validation = pattern(authorizer.get("identityValidationExpression"));
        LambdaAuthorizer lambda = new LambdaAuthorizer(name, kind, function, identity, validation, ttl);
        return new Scheme(new MethodAccess(lambda, null, false, false), null);
    }

    private static List<ParameterSource> identity(Located at, Located authorizer, boolean token) {
        Optional<String> named = authorizer.get("identitySource").text();
        if (named.isEmpty() && token) {
            String header = at.get("name").text().orElse("Authorization");
            return List.of(expression(at.get("name"), "method.request.header." + header));
        }
        List<ParameterSource> sources = new ArrayList<>();
        for (String source : named.orElse("").split(",", -1)) {
            if (!source.isBlank()) {
                sources.add(expression(authorizer.get("identitySource"), source.strip()));
            }
        }
        return List.copyOf(sources);
    }

    private static ParameterSource expression(Located at, String text) {
        return ParameterSource.parse(new Located(TextNode.valueOf(text), at.path()));
    }

    private static Duration ttl(Located at) {
        int seconds = at.integer().orElse(DEFAULT_TTL_SECONDS);
        if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
            throw at.problem("must be 0 to 3600 seconds, found " + seconds);
        }
        return Duration.ofSeconds(seconds);
    }

    private static @Nullable Pattern pattern(Located at) {
        return at.text()
                .map(text -> {
                    try {
                        return Pattern.compile(text);
                    } catch (PatternSyntaxException malformed) {
                        throw at.problem("is not a regular expression: " + malformed.getMessage());
                    }
                })
                .orElse(null);
    }
}
