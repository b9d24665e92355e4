package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Tags;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.ApiSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads REST APIs, each with its stages. */
public record ApiReader(ResourceReader resources) {

    /** Returns the REST APIs that have a method and a stage, one for each stage. */
    public List<ApiSpec> apis() {
        Map<String, List<ApiSpec.Stage>> stages = stages();
        return resources.of("AWS::ApiGateway::RestApi", api -> apis(api, stages)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<ApiSpec> apis(Resource api, Map<String, List<ApiSpec.Stage>> stages) {
        RestApiDocument document = new RestApiDocument(resources, api);
        Optional<ObjectNode> body = document.build();
        List<ApiSpec.Stage> own = stages.getOrDefault(api.physicalId(), List.of());
        if (body.isEmpty() || own.isEmpty()) {
            resources.warn(
                    api.declared().at(),
                    "the API %s is not run: %s"
                            .formatted(
                                    api.logicalId(),
                                    body.isEmpty()
                                            ? "it has neither an OpenAPI document with paths nor an"
                                                    + " AWS::ApiGateway::Method"
                                            : "it has no stage; add an AWS::ApiGateway::Stage, or StageName to its"
                                                    + " AWS::ApiGateway::Deployment"));
            return List.of();
        }
        return own.stream()
                .map(stage -> new ApiSpec(
                        api.logicalId(),
                        api.physicalId(),
                        api.name(),
                        body.get(),
                        stage,
                        api.properties().node("Tags").map(Tags::of).orElse(Map.of()),
                        document.positions()))
                .toList();
    }

    /** Returns the stages by the id of their API: those declared, and those that a deployment makes. */
    private Map<String, List<ApiSpec.Stage>> stages() {
        Map<String, List<ApiSpec.Stage>> stages = new HashMap<>();
        for (Resource stage : resources.ofType("AWS::ApiGateway::Stage")) {
            resources.problems().collect(() -> {
                Properties settings = stage.properties();
                add(stages, stage, settings.requiredText("StageName"), settings);
            });
        }
        for (Resource deployment : resources.ofType("AWS::ApiGateway::Deployment")) {
            resources.problems().collect(() -> {
                Properties settings = deployment
                        .properties()
                        .object("StageDescription")
                        .orElseGet(() -> new Properties(
                                TemplateNode.Mapping.empty(deployment.declared().at())));
                deployment.properties().text("StageName").ifPresent(name -> add(stages, deployment, name, settings));
            });
        }
        return stages;
    }

    private void add(Map<String, List<ApiSpec.Stage>> stages, Resource owner, String name, Properties settings) {
        String id = owner.properties().requiredText("RestApiId");
        boolean isKnown = resources.ofType("AWS::ApiGateway::RestApi").stream()
                .anyMatch(api -> api.physicalId().equals(id));
        if (!isKnown) {
            resources.warn(
                    owner.declared().at(), "the stage is not run: its API %s is not part of this stack".formatted(id));
            return;
        }
        List<ApiSpec.Stage> own = stages.computeIfAbsent(id, any -> new ArrayList<>());
        if (own.stream().noneMatch(other -> other.name().equals(name))) {
            own.add(stage(name, settings, new ApiKeys(resources).of(id, name)));
        }
    }

    private static ApiSpec.Stage stage(String name, Properties settings, Set<String> apiKeys) {
        return new ApiSpec.Stage(
                name,
                settings.textMap("Variables"),
                settings.list("MethodSettings").stream()
                        .map(ApiReader::methodSetting)
                        .toList(),
                settings.object("AccessLogSetting").flatMap(setting -> setting.text("Format")),
                settings.flag("TracingEnabled").orElse(false),
                apiKeys);
    }

    private static ApiSpec.MethodSetting methodSetting(TemplateNode node) {
        Properties setting = Properties.of(node);
        return new ApiSpec.MethodSetting(
                setting.text("ResourcePath").orElse("/*"),
                setting.text("HttpMethod").orElse("*"),
                setting.number("ThrottlingRateLimit"),
                setting.integer("ThrottlingBurstLimit", 0, Integer.MAX_VALUE));
    }
}
