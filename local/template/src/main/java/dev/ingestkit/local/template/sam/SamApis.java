package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Nodes;
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
 * The REST APIs of a template with the methods that events of functions add to them. Events without {@code RestApiId}
 * belong to the implicit API, which exists if there is such an event. Not thread-safe.
 */
final class SamApis {

    static final String IMPLICIT = "ServerlessRestApi";
    static final String TYPE = "AWS::Serverless::Api";

    private final Map<String, ResourceDeclaration> declared = new LinkedHashMap<>();
    private final Map<String, Api> apis = new LinkedHashMap<>();
    private @Nullable Location implicitAt;

    /** A method of an API. */
    record Route(SamEvent event, String path, String method) {}

    /** Adds a resource that events may name as their API. */
    void declare(ResourceDeclaration resource) {
        declared.put(resource.logicalId(), resource);
    }

    boolean declares(String logicalId) {
        return declared.containsKey(logicalId);
    }

    /**
     * Returns the API that an event belongs to.
     *
     * @throws dev.ingestkit.local.template.model.TemplateException if it is not an API of the template
     */
    Api of(SamEvent event) {
        Optional<TemplateNode> id = event.properties().node("RestApiId");
        if (id.isEmpty()) {
            implicitAt = implicitAt == null ? event.declared().at() : implicitAt;
            return apis.computeIfAbsent(IMPLICIT, name -> new Api(name, null));
        }
        String name =
                id.get() instanceof TemplateNode.Call call && call.function().equals("Ref")
                        ? Properties.text(call.argument())
                        : id.get() instanceof TemplateNode.Scalar scalar ? scalar.text() : "";
        if (name.isEmpty()) {
            throw event.refused("Property 'RestApiId' should be a string.");
        }
        ResourceDeclaration resource = declared.get(name);
        if (resource == null || !Set.of(TYPE, "AWS::ApiGateway::RestApi").contains(resource.type())) {
            throw event.refused(
                    "RestApiId must be a valid reference to an 'AWS::Serverless::Api' resource in same template.");
        }
        return apis.computeIfAbsent(name, id2 -> new Api(id2, resource));
    }

    /** Returns the methods that events add to an API. */
    List<Route> routesOf(String logicalId) {
        Api api = apis.get(logicalId);
        return api == null ? List.of() : List.copyOf(api.routes);
    }

    /** Returns the implicit API with its default stage, if an event needs it and the template declares none. */
    Optional<ResourceDeclaration> implicit() {
        Location at = implicitAt;
        if (at == null || declared.containsKey(IMPLICIT)) {
            return Optional.empty();
        }
        TemplateNode.Mapping properties = new TemplateNode.Mapping(at, Map.of("StageName", new Nodes(at).text("Prod")));
        return Optional.of(new ResourceDeclaration(
                IMPLICIT, TYPE, properties, Optional.empty(), List.of(), TemplateNode.Mapping.empty(at), at));
    }

    /** An API that events refer to. */
    static final class Api {

        private final String logicalId;
        private final @Nullable ResourceDeclaration declared;
        private final List<Route> routes = new ArrayList<>();

        Api(String logicalId, @Nullable ResourceDeclaration declared) {
            this.logicalId = logicalId;
            this.declared = declared;
        }

        String logicalId() {
            return logicalId;
        }

        /**
         * Adds a method.
         *
         * @throws dev.ingestkit.local.template.model.TemplateException if the API has it already
         */
        void addRoute(SamEvent event, String path, String method) {
            boolean isTaken = routes.stream()
                    .anyMatch(
                            route -> route.path().equals(path) && route.method().equals(method));
            if (isTaken) {
                throw event.refused(
                        "API method \"%s\" defined multiple times for path \"%s\".".formatted(method, path));
            }
            routes.add(new Route(event, path, method));
        }

        /** Returns the end of a permission's logical id: the stage's name where the template has it as text. */
        String permissionSuffix() {
            ResourceDeclaration own = declared;
            if (own == null) {
                return "Prod";
            }
            return own.properties().get("StageName") instanceof TemplateNode.Scalar stage ? stage.text() : "Stage";
        }
    }
}
