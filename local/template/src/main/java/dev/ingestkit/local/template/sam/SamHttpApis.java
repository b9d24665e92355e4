package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP APIs of a template with the routes that events of functions add to them. Events without {@code ApiId} belong
 * to the implicit API, which exists if there is such an event. Not thread-safe.
 */
final class SamHttpApis {

    static final String IMPLICIT = "ServerlessHttpApi";
    static final String TYPE = "AWS::Serverless::HttpApi";

    private final Map<String, ResourceDeclaration> declared = new LinkedHashMap<>();
    private final Map<String, List<Route>> routes = new LinkedHashMap<>();
    private @Nullable Location implicitAt;

    /** A route of an API. */
    record Route(SamEvent event, String path, String method) {}

    /** Adds a resource that events may name as their API. */
    void declare(ResourceDeclaration resource) {
        declared.put(resource.logicalId(), resource);
    }

    /**
     * Adds the route of an event.
     *
     * @return the logical id of its API
     * @throws dev.ingestkit.local.template.model.TemplateException if the API is not one of the template, or has the
     *     route already
     */
    String add(SamEvent event, String path, String method) {
        String api = apiOf(event);
        List<Route> own = routes.computeIfAbsent(api, id -> new ArrayList<>());
        boolean isTaken = own.stream()
                .anyMatch(route -> route.path().equals(path) && route.method().equals(method));
        if (isTaken) {
            throw event.refused("API method \"%s\" defined multiple times for path \"%s\".".formatted(method, path));
        }
        own.add(new Route(event, path, method));
        return api;
    }

    private String apiOf(SamEvent event) {
        Optional<TemplateNode> id = event.properties().node("ApiId");
        if (id.isEmpty()) {
            implicitAt = implicitAt == null ? event.declared().at() : implicitAt;
            return IMPLICIT;
        }
        String name = nameOf(id.get());
        ResourceDeclaration resource = declared.get(name);
        if (resource == null || !Set.of(TYPE, "AWS::ApiGatewayV2::Api").contains(resource.type())) {
            throw event.refused(
                    "ApiId must be a valid reference to an 'AWS::Serverless::HttpApi' resource in same template.");
        }
        return name;
    }

    /** Returns the logical id that an {@code ApiId} names; empty if it is not a reference or a text. */
    static String nameOf(TemplateNode id) {
        if (id instanceof TemplateNode.Call call && call.function().equals("Ref")) {
            return Properties.text(call.argument());
        }
        return id instanceof TemplateNode.Scalar scalar ? scalar.text() : "";
    }

    /** Returns the routes that events add to an API. */
    List<Route> routesOf(String logicalId) {
        return List.copyOf(routes.getOrDefault(logicalId, List.of()));
    }

    /** Returns the implicit API, if an event needs it and the template declares none. */
    Optional<ResourceDeclaration> implicit() {
        Location at = implicitAt;
        if (at == null || declared.containsKey(IMPLICIT)) {
            return Optional.empty();
        }
        TemplateNode.Mapping empty = TemplateNode.Mapping.empty(at);
        return Optional.of(new ResourceDeclaration(IMPLICIT, TYPE, empty, Optional.empty(), List.of(), empty, at));
    }
}
