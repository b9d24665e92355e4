package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.HttpApiSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads HTTP APIs, each with its stages. */
public record HttpApiReader(ResourceReader resources) {

    private static final String DEFAULT_STAGE = "$default";

    /** Returns the HTTP APIs that have a route and a stage, one for each stage. */
    public List<HttpApiSpec> apis() {
        return resources.of("AWS::ApiGatewayV2::Api", this::apis).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<HttpApiSpec> apis(Resource api) {
        if (api.properties().text("ProtocolType").filter("WEBSOCKET"::equals).isPresent()) {
            return notRun(api, "only HTTP APIs are run, not WebSocket APIs");
        }
        HttpApiDocument document = new HttpApiDocument(resources, api);
        Optional<ObjectNode> body = document.build();
        if (body.isEmpty()) {
            return notRun(api, "it has neither an OpenAPI document with paths nor an AWS::ApiGatewayV2::Route");
        }
        List<HttpApiSpec.Stage> stages = stages(api);
        if (stages.isEmpty()) {
            return notRun(api, "it has no stage; add an AWS::ApiGatewayV2::Stage");
        }
        return stages.stream()
                .map(stage -> new HttpApiSpec(
                        api.logicalId(), api.physicalId(), api.name(), body.get(), stage, document.positions()))
                .toList();
    }

    private List<HttpApiSpec> notRun(Resource api, String reason) {
        resources.warn(api.declared().at(), "the API %s is not run: %s".formatted(api.logicalId(), reason));
        return List.of();
    }

    /** An API with a quick-create target has a default stage of its own. */
    private List<HttpApiSpec.Stage> stages(Resource api) {
        Map<String, HttpApiSpec.Stage> stages = new LinkedHashMap<>();
        for (Resource stage : HttpApiDocument.of(resources, api, "AWS::ApiGatewayV2::Stage")) {
            Properties settings = stage.properties();
            String name = settings.requiredText("StageName");
            List<HttpApiSpec.RouteSetting> limits = new ArrayList<>();
            settings.object("DefaultRouteSettings").ifPresent(all -> limits.add(limit(Optional.empty(), all)));
            settings.object("RouteSettings")
                    .ifPresent(routes -> routes.node()
                            .entries()
                            .forEach((key, node) -> limits.add(limit(Optional.of(key), Properties.of(node)))));
            stages.put(name, new HttpApiSpec.Stage(name, settings.textMap("StageVariables"), limits));
        }
        Optional<TemplateNode> target = api.properties().node("Target");
        if (target.isPresent()) {
            stages.putIfAbsent(DEFAULT_STAGE, new HttpApiSpec.Stage(DEFAULT_STAGE, Map.of(), List.of()));
        }
        return List.copyOf(stages.values());
    }

    private static HttpApiSpec.RouteSetting limit(Optional<String> routeKey, Properties settings) {
        return new HttpApiSpec.RouteSetting(
                routeKey,
                settings.number("ThrottlingRateLimit"),
                settings.integer("ThrottlingBurstLimit", 0, Integer.MAX_VALUE));
    }
}
