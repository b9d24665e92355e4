package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.expression.PercentEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the method for a path, as API Gateway does: step by step, a literal before a parameter before a greedy
 * parameter. A resource that lacks the method is skipped, so that the next wider one can answer. One slash at the
 * end does not count; a parameter is never empty. Immutable after building, thread-safe.
 */
public final class RouteTable {

    /**
     * A method and the values of its path's parameters.
     *
     * @param pathParameters decoded
     * @param sentParameters as sent, still percent-encoded
     */
    public record Match(
            MethodDefinition method, Map<String, String> pathParameters, Map<String, String> sentParameters) {}

    /** A resource of the API: its path as defined, and its methods by name, {@code ANY} for all others. */
    public record Resource(String path, Map<String, MethodDefinition> methods) {

        public Optional<MethodDefinition> method(String name) {
            MethodDefinition method = methods.get(name);
            return Optional.ofNullable(method == null ? methods.get(MethodDefinition.ANY) : method);
        }
    }

    /** One look-up: the wanted method, the path's steps, and where the parameters' values go. */
    private record Search(String verb, List<String> steps, Map<String, String> parameters) {}

    private final Node root = new Node();
    private final Set<String> issuers = new LinkedHashSet<>();

    /**
     * Returns the table of an API's resources.
     *
     * @throws ApiDefinitionException for a path that API Gateway refuses
     */
    static RouteTable of(Map<Located, Resource> resources) {
        RouteTable table = new RouteTable();
        resources.forEach(table::add);
        resources
                .values()
                .forEach(resource -> resource.methods().values().forEach(method -> {
                    UserPoolAuthorizer userPools = method.access().userPools();
                    if (userPools != null) {
                        table.issuers.addAll(userPools.issuers());
                    }
                }));
        return table;
    }

    /** Returns the issuers of the tokens that methods take. */
    public Set<String> issuers() {
        return Set.copyOf(issuers);
    }

    /**
     * Finds the method for a path.
     *
     * @param verb the request's method
     * @param rawPath the path after the stage, still percent-encoded. It is split before it is decoded, so that an
     *     encoded slash belongs to a value
     */
    public Optional<Match> find(String verb, String rawPath) {
        List<String> steps = steps(rawPath);
        Map<String, String> sent = new LinkedHashMap<>();
        MethodDefinition method = root.find(new Search(verb, steps, sent), 0);
        if (method == null) {
            return Optional.empty();
        }
        Map<String, String> decoded = new LinkedHashMap<>();
        sent.forEach((name, value) -> decoded.put(name, PercentEncoding.decodePath(value)));
        return Optional.of(new Match(method, decoded, sent));
    }

    /**
     * Returns a path in one spelling, with normalized percent-encoding: a policy's verdict must not depend on the way
     * a client writes a letter. A slash inside a step stays {@code %2F}.
     */
    public static String canonical(String rawPath) {
        StringBuilder path = new StringBuilder(rawPath.length() + 1);
        for (String step : steps(rawPath)) {
            path.append('/').append(PercentEncoding.decodePath(step).replace("/", "%2F"));
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private void add(Located at, Resource resource) {
        Node node = root;
        List<String> steps = steps(resource.path());
        for (int i = 0; i < steps.size(); i++) {
            node = node.child(at, steps.get(i), i == steps.size() - 1);
        }
        if (node.resource != null) {
            throw at.problem("names the same resource as " + node.resource.path());
        }
        node.resource = resource;
    }

    private static List<String> steps(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        inner = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
        List<String> steps = new ArrayList<>();
        if (inner.isEmpty()) {
            return steps;
        }
        int from = 0;
        for (int slash = inner.indexOf('/'); slash >= 0; slash = inner.indexOf('/', from)) {
            steps.add(inner.substring(from, slash));
            from = slash + 1;
        }
        steps.add(inner.substring(from));
        return steps;
    }

    private static final class Node {

        private final Map<String, Node> literals = new HashMap<>();
        private @Nullable Node parameter;
        private String parameterName = "";
        private @Nullable Node greedy;
        private String greedyName = "";
        private @Nullable Resource resource;

        Node child(Located at, String step, boolean last) {
            if (!step.startsWith("{") || !step.endsWith("}")) {
                return literals.computeIfAbsent(PercentEncoding.decodePath(step), name -> new Node());
            }
            String name = step.substring(1, step.length() - 1);
            if (!name.endsWith("+")) {
                return parameterChild(at, name);
            }
            if (!last) {
                throw at.problem("a greedy parameter must be the last step: " + step);
            }
            greedyName = name.substring(0, name.length() - 1);
            greedy = greedy == null ? new Node() : greedy;
            return greedy;
        }

        private Node parameterChild(Located at, String name) {
            if (parameter != null && !parameterName.equals(name)) {
                throw at.problem("a resource can have one parameter below it, found {%s} and {%s}"
                        .formatted(parameterName, name));
            }
            parameterName = name;
            Node child = parameter == null ? new Node() : parameter;
            parameter = child;
            return child;
        }

        @Nullable
        MethodDefinition find(Search search, int at) {
            if (at == search.steps().size()) {
                return method(resource, search);
            }
            String sent = search.steps().get(at);
            Node literal = literals.get(PercentEncoding.decodePath(sent));
            MethodDefinition found = literal == null ? null : literal.find(search, at + 1);
            if (found == null && parameter != null && !sent.isEmpty()) {
                found = parameter.find(search, at + 1);
                if (found != null) {
                    search.parameters().put(parameterName, sent);
                }
            }
            if (found == null && greedy != null && !sent.isEmpty()) {
                found = method(greedy.resource, search);
                if (found != null) {
                    List<String> rest =
                            search.steps().subList(at, search.steps().size());
                    search.parameters().put(greedyName, String.join("/", rest));
                }
            }
            return found;
        }

        private static @Nullable MethodDefinition method(@Nullable Resource resource, Search search) {
            return resource == null ? null : resource.method(search.verb()).orElse(null);
        }
    }
}
