package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Tags;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.ApiSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads REST APIs, each with its stage. */
public record ApiReader(ResourceReader views) {

    /** Returns the REST APIs that have a stage, one for each stage. */
    public List<ApiSpec> apis() {
        views.ofType("AWS::ApiGateway::RestApi").forEach(this::warnWithoutStage);
        return views.of("AWS::ApiGateway::Stage", this::api);
    }

    private void warnWithoutStage(Resource api) {
        boolean hasStage = views.ofType("AWS::ApiGateway::Stage").stream().anyMatch(stage -> isOf(api, stage));
        if (!hasStage) {
            views.warn(
                    api.declared().at(),
                    "the API %s is not run: it has no AWS::ApiGateway::Stage".formatted(api.logicalId()));
        }
    }

    private static boolean isOf(Resource api, Resource other) {
        return other.properties()
                .text("RestApiId")
                .filter(api.physicalId()::equals)
                .isPresent();
    }

    private @Nullable ApiSpec api(Resource stage) {
        Properties settings = stage.properties();
        String id = settings.requiredText("RestApiId");
        Optional<Resource> api = views.ofType("AWS::ApiGateway::RestApi").stream()
                .filter(each -> each.physicalId().equals(id))
                .findFirst();
        if (api.isEmpty()) {
            views.warn(
                    stage.declared().at(), "the stage is not run: its API %s is not part of this stack".formatted(id));
            return null;
        }
        Properties properties = api.get().properties();
        return new ApiSpec(
                api.get().logicalId(),
                id,
                api.get().name(),
                body(api.get()),
                new ApiSpec.Stage(
                        settings.requiredText("StageName"),
                        settings.textMap("Variables"),
                        settings.list("MethodSettings").stream()
                                .map(ApiReader::methodSetting)
                                .toList(),
                        settings.object("AccessLogSetting").flatMap(setting -> setting.text("Format")),
                        settings.flag("TracingEnabled").orElse(false)),
                properties.node("Tags").map(Tags::of).orElse(Map.of()));
    }

    private JsonNode body(Resource api) {
        JsonNode body = api.properties()
                .json("Body")
                .orElseThrow(() -> TemplateException.at(
                        api.properties().at(), "the API has no OpenAPI document; give it as DefinitionBody or Body"));
        if (!(body instanceof ObjectNode document)) {
            throw TemplateException.at(api.properties().at(), "the OpenAPI document must be a map");
        }
        new ApiExtensions(document, api.properties()).apply();
        for (Resource response : views.ofType("AWS::ApiGateway::GatewayResponse")) {
            if (isOf(api, response)) {
                gatewayResponse(document, response.properties());
            }
        }
        return document;
    }

    private static void gatewayResponse(ObjectNode document, Properties response) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        response.text("StatusCode").ifPresent(status -> made.put("statusCode", status));
        response.json("ResponseParameters").ifPresent(value -> made.set("responseParameters", value));
        response.json("ResponseTemplates").ifPresent(value -> made.set("responseTemplates", value));
        document.withObjectProperty("x-amazon-apigateway-gateway-responses")
                .set(response.requiredText("ResponseType"), made);
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
