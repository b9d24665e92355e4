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

/** Reads security schemes: Lambda authorizers of both kinds; everything else is named as not run. */
final class AuthorizerParser {

    private static final int DEFAULT_TTL_SECONDS = 300;
    private static final int MAX_TTL_SECONDS = 3_600;

    /** What a method's security comes to: an authorizer, or the reason why the method cannot be run here. */
    private record Scheme(
            @Nullable LambdaAuthorizer authorizer, @Nullable String refusal) {}

    private final Located root;
    private final List<String> warnings;
    private final Map<String, Scheme> known = new HashMap<>();

    AuthorizerParser(Located root, List<String> warnings) {
        this.root = root;
        this.warnings = warnings;
    }

    /** Who decides about a method's requests. */
    Optional<LambdaAuthorizer> of(Located method) {
        return schemes(method).stream()
                .map(Scheme::authorizer)
                .flatMap(authorizer -> Optional.ofNullable(authorizer).stream())
                .findFirst();
    }

    /** Why a method that asks for protection is not served: an unprotected answer would be worse than none. */
    Optional<String> refusal(Located method) {
        return schemes(method).stream()
                .map(Scheme::refusal)
                .flatMap(refusal -> Optional.ofNullable(refusal).stream())
                .findFirst();
    }

    private List<Scheme> schemes(Located method) {
        List<Scheme> schemes = new ArrayList<>();
        for (Located requirement : method.get("security").items()) {
            requirement.fields().forEach((name, scopes) -> schemes.add(scheme(name, scopes)));
        }
        return schemes;
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
        Located place = components.present()
                ? components
                : root.get("securityDefinitions").get(name);
        if (!place.present()) {
            throw usedAt.problem("names a security scheme that the API does not define: " + name);
        }
        Located authorizer = place.get("x-amazon-apigateway-authorizer");
        if (authorizer.present()) {
            return authorizer(name, place, authorizer);
        }
        boolean apiKey = place.get("type").text().filter("apiKey"::equals).isPresent()
                && !place.get("x-amazon-apigateway-authtype").present();
        if (apiKey) {
            warnings.add(place.path() + ": API keys are not checked by this runtime; the method is open without one");
            return new Scheme(null, null);
        }
        String kind = place.get("x-amazon-apigateway-authtype").text().orElse("this kind of security");
        return new Scheme(null, place.path() + ": " + kind + " is not run here; methods that ask for it answer 501");
    }

    private Scheme authorizer(String name, Located place, Located authorizer) {
        String type = authorizer.get("type").requiredText().toLowerCase(Locale.ROOT);
        if (!type.equals("request") && !type.equals("token")) {
            return new Scheme(
                    null,
                    authorizer.get("type").path() + ": authorizers of type " + type
                            + " are not run here; methods that ask for it answer 501");
        }
        boolean token = type.equals("token");
        Located uri = authorizer.get("authorizerUri");
        String function = FunctionUri.function(uri.requiredText())
                .orElseThrow(() -> uri.problem("is no function's invocation URI: " + uri.requiredText()));
        List<ParameterSource> identity = identity(place, authorizer, token);
        Duration ttl = ttl(authorizer.get("authorizerResultTtlInSeconds"));
        if (!ttl.isZero() && identity.isEmpty()) {
            throw authorizer
                    .get("identitySource")
                    .problem("is missing: an authorizer whose results are cached needs one (or a TTL of 0)");
        }
        LambdaAuthorizer.Kind kind = token ? LambdaAuthorizer.Kind.TOKEN : LambdaAuthorizer.Kind.REQUEST;
        Pattern validation = pattern(authorizer.get("identityValidationExpression"));
        return new Scheme(new LambdaAuthorizer(name, kind, function, identity, validation, ttl), null);
    }

    private static List<ParameterSource> identity(Located place, Located authorizer, boolean token) {
        Optional<String> named = authorizer.get("identitySource").text();
        if (named.isEmpty() && token) {
            String header = place.get("name").text().orElse("Authorization");
            return List.of(expression(place.get("name"), "method.request.header." + header));
        }
        List<ParameterSource> sources = new ArrayList<>();
        for (String source : named.orElse("").split(",", -1)) {
            if (!source.isBlank()) {
                sources.add(expression(authorizer.get("identitySource"), source.strip()));
            }
        }
        return List.copyOf(sources);
    }

    private static ParameterSource expression(Located place, String text) {
        return ParameterSource.parse(new Located(TextNode.valueOf(text), place.path()));
    }

    private static Duration ttl(Located place) {
        int seconds = place.integer().orElse(DEFAULT_TTL_SECONDS);
        if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
            throw place.problem("must be 0 to 3600 seconds, found " + seconds);
        }
        return Duration.ofSeconds(seconds);
    }

    private static @Nullable Pattern pattern(Located place) {
        return place.text()
                .map(text -> {
                    try {
                        return Pattern.compile(text);
                    } catch (PatternSyntaxException malformed) {
                        throw place.problem("is no regular expression: " + malformed.getMessage());
                    }
                })
                .orElse(null);
    }
}
