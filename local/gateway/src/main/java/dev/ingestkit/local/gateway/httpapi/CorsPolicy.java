package dev.ingestkit.local.gateway.httpapi;

import dev.ingestkit.local.gateway.document.Located;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CORS configuration of an HTTP API, whose headers take the place of the back ends'. Immutable.
 *
 * @param maxAge in seconds; null for no header
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">CORS of HTTP APIs</a>
 */
public record CorsPolicy(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposed,
        @Nullable Integer maxAge,
        boolean credentials) {

    private static final String PREFIX = "access-control-";

    public CorsPolicy {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }

    static CorsPolicy parse(Located at) {
        CorsPolicy policy = new CorsPolicy(
                texts(at.get("allowOrigins")),
                texts(at.get("allowMethods")),
                texts(at.get("allowHeaders")),
                texts(at.get("exposeHeaders")),
                at.get("maxAge").integer().orElse(null),
                at.get("allowCredentials").isTrue());
        if (policy.credentials && policy.origins.contains("*")) {
            throw at.problem("cannot have allowCredentials with the origin \"*\"; name the origins");
        }
        return policy;
    }

    private static List<String> texts(Located at) {
        return at.items().stream().map(Located::requiredText).toList();
    }

    /** Returns whether a header of a back end's answer belongs to the policy. */
    public static boolean owns(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    /** Returns the headers of the answer to a preflight request; none for an origin that is not allowed. */
    public Map<String, String> preflight(String origin) {
        Map<String, String> answer = new LinkedHashMap<>();
        allowed(origin).ifPresent(value -> {
            answer.put(PREFIX + "allow-origin", value);
            put(answer, "allow-methods", methods);
            put(answer, "allow-headers", headers);
            if (maxAge != null) {
                answer.put(PREFIX + "max-age", maxAge.toString());
            }
            common(answer);
        });
        return answer;
    }

    /** Returns the headers of any other answer; none for an origin that is not allowed. */
    public Map<String, String> actual(String origin) {
        Map<String, String> answer = new LinkedHashMap<>();
        allowed(origin).ifPresent(value -> {
            answer.put(PREFIX + "allow-origin", value);
            put(answer, "expose-headers", exposed);
            common(answer);
        });
        return answer;
    }

    private void common(Map<String, String> answer) {
        if (credentials) {
            answer.put(PREFIX + "allow-credentials", "true");
        }
    }

    private static void put(Map<String, String> answer, String name, List<String> values) {
        if (!values.isEmpty()) {
            answer.put(PREFIX + name, String.join(",", values));
        }
    }

    private Optional<String> allowed(String origin) {
        if (origins.contains("*")) {
            return Optional.of("*");
        }
        return origins.stream().anyMatch(pattern -> fits(pattern, origin)) ? Optional.of(origin) : Optional.empty();
    }

    /** An origin may end in {@code *}, as in {@code https://*}. */
    private static boolean fits(String pattern, String origin) {
        return pattern.endsWith("*")
                ? origin.regionMatches(true, 0, pattern, 0, pattern.length() - 1)
                : origin.equalsIgnoreCase(pattern);
    }
}
