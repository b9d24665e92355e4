package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Expands one {@code AWS::Serverless::HttpApi}: the HTTP API and its stage. */
final class SamHttpApi {

    private static final List<String> API = List.of(
            "Name", "Description", "Tags", "Auth", "CorsConfiguration", "FailOnWarnings", "DisableExecuteApiEndpoint");
    private static final List<String> STAGE =
            List.of("StageVariables", "DefaultRouteSettings", "RouteSettings", "AccessLogSettings");
    private static final String DEFAULT_STAGE = "$default";
    /** Paths, their methods, the operations' members. */
    private static final int OPERATION_DEPTH = 3;

    private final SamTransform transform;
    private final ResourceDeclaration declared;
    private final TemplateNode.Mapping properties;
    private final Nodes nodes;
    private final String id;

    SamHttpApi(SamTransform transform, ResourceDeclaration declared) {
        this.transform = transform;
        this.declared = declared;
        this.properties = declared.properties();
        this.nodes = new Nodes(properties.at());
        this.id = declared.logicalId();
    }

    void expand() {
        Map<String, TemplateNode> api = declared.carried(API);
        api.put("Body", body());
        transform.add(declared.transformed("AWS::ApiGatewayV2::Api", api));
        TemplateNode name = properties.get("StageName");
        String stage = id + stagePart(name);
        Map<String, TemplateNode> settings = declared.carried(STAGE);
        settings.put("ApiId", nodes.ref(id));
        settings.put("StageName", name == null ? nodes.text(DEFAULT_STAGE) : name);
        settings.put("AutoDeploy", nodes.text("true"));
        transform.add(declared.derived(stage, "AWS::ApiGatewayV2::Stage", settings));
        transform.nameReference(id + ".Stage", stage);
    }

    private TemplateNode body() {
        Optional<TemplateNode> included = SamDefinition.included(declared);
        if (included.isPresent()) {
            return included.get();
        }
        TemplateNode body = properties.get("DefinitionBody");
        if (body == null) {
            return routed();
        }
        return body instanceof TemplateNode.Mapping document ? withRoutes(document) : body;
    }

    /**
     * Adds SAM's tag and the routes of events to the template's document, which may say more of them and keeps what it
     * says.
     */
    private TemplateNode withRoutes(TemplateNode.Mapping document) {
        Map<String, TemplateNode> all = new LinkedHashMap<>(document.entries());
        if (!transform.httpApis().routesOf(id).isEmpty()) {
            all.merge("paths", paths(), (own, routes) -> union(own, routes, OPERATION_DEPTH));
        }
        all.putIfAbsent("tags", tags());
        return new TemplateNode.Mapping(document.at(), all);
    }

    /** Returns a map with the entries of both, down to a depth; the first one's win. */
    private static TemplateNode union(TemplateNode own, TemplateNode added, int depth) {
        if (depth == 0
                || !(own instanceof TemplateNode.Mapping first)
                || !(added instanceof TemplateNode.Mapping second)) {
            return own;
        }
        Map<String, TemplateNode> all = new LinkedHashMap<>(first.entries());
        second.entries().forEach((name, value) -> all.merge(name, value, (one, other) -> union(one, other, depth - 1)));
        return new TemplateNode.Mapping(first.at(), all);
    }

    private TemplateNode.Mapping paths() {
        Map<String, Map<String, TemplateNode>> paths = new LinkedHashMap<>();
        Optional<Properties> auth = new Properties(properties).object("Auth");
        for (SamHttpApis.Route route : transform.httpApis().routesOf(id)) {
            if (transform.exists(route.event().function())) {
                paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                        .put(SamHttpApiEvent.method(route), SamHttpApiEvent.operation(route, auth));
            }
        }
        Map<String, TemplateNode> items = new LinkedHashMap<>();
        paths.forEach((path, item) -> items.put(path, new TemplateNode.Mapping(nodes.at(), item)));
        return new TemplateNode.Mapping(nodes.at(), items);
    }

    private TemplateNode routed() {
        Map<String, TemplateNode> document = new LinkedHashMap<>();
        document.put("openapi", nodes.text("3.0.1"));
        document.put("info", nodes.map("version", nodes.text("1.0"), "title", nodes.ref("AWS::StackName")));
        document.put("paths", paths());
        document.put("tags", tags());
        return new TemplateNode.Mapping(nodes.at(), document);
    }

    private TemplateNode tags() {
        return nodes.list(
                nodes.map("name", nodes.text("httpapi:createdBy"), "x-amazon-apigateway-tag-value", nodes.text("SAM")));
    }

    /** Returns the end of the stage's logical id: a hash stands for a name that an id cannot contain. */
    private static String stagePart(@Nullable TemplateNode name) {
        if (name == null) {
            return "ApiGatewayDefaultStage";
        }
        if (!(name instanceof TemplateNode.Scalar text)) {
            return "Stage";
        }
        if (text.text().equals(DEFAULT_STAGE)) {
            return "ApiGatewayDefaultStage";
        }
        return text.text().matches("[A-Za-z0-9]+") ? text.text() + "Stage" : "Stage" + SamIds.hash(text.text());
    }
}
