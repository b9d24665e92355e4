package dev.ingestkit.local.gateway.httpapi;

import dev.ingestkit.local.gateway.expression.PercentEncoding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route for a request as HTTP APIs do: a path without a greedy parameter before one with it, a literal step
 * before a parameter, a route with the request's method before {@code ANY}, and at last {@code $default}. A slash at the
 * end counts. Immutable, thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">Routes of
 *     HTTP APIs</a>
 */
public final class HttpRoutes {

    /** A route and the decoded values of its path's parameters. */
    public record Match(HttpRoute route, Map<String, String> pathParameters) {}

    private record Pattern(HttpRoute route, List<String> steps) {

        boolean isGreedy() {
            return !steps.isEmpty() && steps.get(steps.size() - 1).endsWith("+}");
        }
    }

    private final List<Pattern> patterns = new ArrayList<>();
    private final @Nullable HttpRoute otherwise;

    HttpRoutes(Collection<HttpRoute> routes) {
        HttpRoute fallback = null;
        for (HttpRoute route : routes) {
            if (route.key().equals(HttpRoute.DEFAULT)) {
                fallback = route;
            } else {
                patterns.add(new Pattern(route, steps(route.path())));
            }
        }
        this.otherwise = fallback;
    }

    /**
     * Finds the route of a request.
     *
     * @param rawPath the path after the stage, still percent-encoded
     */
    public Optional<Match> find(String method, String rawPath) {
        List<String> steps = steps(rawPath);
        Pattern best = null;
        for (Pattern pattern : patterns) {
            boolean accepts = pattern.route().method().equals(method)
                    || pattern.route().method().equals(HttpRoute.ANY);
            if (accepts && fits(pattern, steps) && (best == null || precedes(pattern, best))) {
                best = pattern;
            }
        }
        if (best != null) {
            return Optional.of(new Match(best.route(), parameters(best, steps)));
        }
        return Optional.ofNullable(otherwise).map(route -> new Match(route, Map.of()));
    }

    /** Returns the issuers of the tokens that routes take. */
    public Set<String> issuers() {
        return Stream.concat(patterns.stream().map(Pattern::route), Optional.ofNullable(otherwise).stream())
                .map(route -> route.access().authorizer())
                .filter(HttpAuthorizer.Jwt.class::isInstance)
                .map(authorizer -> ((HttpAuthorizer.Jwt) authorizer).issuer())
                .collect(Collectors.toSet());
    }

    private static boolean fits(Pattern pattern, List<String> sent) {
        List<String> steps = pattern.steps();
        boolean lengthFits = pattern.isGreedy() ? sent.size() >= steps.size() : sent.size() == steps.size();
        if (!lengthFits) {
            return false;
        }
        for (int i = 0; i < steps.size(); i++) {
            boolean isParameter = steps.get(i).startsWith("{");
            if (isParameter ? sent.get(i).isEmpty() : !steps.get(i).equals(PercentEncoding.decodePath(sent.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean precedes(Pattern one, Pattern other) {
        if (one.isGreedy() != other.isGreedy()) {
            return other.isGreedy();
        }
        int common = Math.min(one.steps().size(), other.steps().size());
        for (int i = 0; i < common; i++) {
            int difference = rank(other.steps().get(i)) - rank(one.steps().get(i));
            if (difference != 0) {
                return difference > 0;
            }
        }
        if (one.steps().size() != other.steps().size()) {
            return one.steps().size() > other.steps().size();
        }
        return other.route().method().equals(HttpRoute.ANY);
    }

    /** Returns 0 for a literal step, 1 for a parameter, 2 for a greedy one. */
    private static int rank(String step) {
        return !step.startsWith("{") ? 0 : step.endsWith("+}") ? 2 : 1;
    }

    private static Map<String, String> parameters(Pattern pattern, List<String> sent) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < pattern.steps().size(); i++) {
            String step = pattern.steps().get(i);
            if (step.endsWith("+}")) {
                String rest = String.join("/", sent.subList(i, sent.size()));
                parameters.put(step.substring(1, step.length() - 2), PercentEncoding.decodePath(rest));
            } else if (step.startsWith("{")) {
                parameters.put(step.substring(1, step.length() - 1), PercentEncoding.decodePath(sent.get(i)));
            }
        }
        return parameters;
    }

    private static List<String> steps(String path) {
        return path.length() <= 1 ? List.of() : List.of(path.substring(1).split("/", -1));
    }
}
