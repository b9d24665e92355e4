package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Expands one {@code AWS::Serverless::Api}: the REST API, its deployment and its stage. */
final class SamApi {

    private static final List<String> API = List.of(
            "Name",
            "Description",
            "Tags",
            "BinaryMediaTypes",
            "MinimumCompressionSize",
            "EndpointConfiguration",
            "Auth",
            "Cors",
            "GatewayResponses");
    private static final List<String> STAGE =
            List.of("StageName", "Variables", "MethodSettings", "AccessLogSetting", "TracingEnabled");

    private final SamTransform transform;
    private final ResourceDeclaration declared;
    private final TemplateNode.Mapping properties;
    private final Nodes nodes;
    private final String id;

    SamApi(SamTransform transform, ResourceDeclaration declared) {
        this.transform = transform;
        this.declared = declared;
        this.properties = declared.properties();
        this.nodes = new Nodes(properties.at());
        this.id = declared.logicalId();
    }

    void expand() {
        Map<String, TemplateNode> api = carried(API);
        body(api);
        transform.add(declared.transformed("AWS::ApiGateway::RestApi", api));
        String deployment = id + "Deployment";
        transform.add(declared.derived(deployment, "AWS::ApiGateway::Deployment", Map.of("RestApiId", nodes.ref(id))));
        String stage = id + stageSuffix() + "Stage";
        Map<String, TemplateNode> settings = carried(STAGE);
        settings.put("RestApiId", nodes.ref(id));
        settings.put("DeploymentId", nodes.ref(deployment));
        transform.add(declared.derived(stage, "AWS::ApiGateway::Stage", settings));
        transform.nameReference(id + ".Stage", stage);
        transform.nameReference(id + ".Deployment", deployment);
    }

    private Map<String, TemplateNode> carried(List<String> names) {
        Map<String, TemplateNode> carried = new LinkedHashMap<>();
        for (String name : names) {
            TemplateNode value = properties.get(name);
            if (value != null) {
                carried.put(name, value);
            }
        }
        return carried;
    }

    private void body(Map<String, TemplateNode> api) {
        TemplateNode body = properties.get("DefinitionBody");
        TemplateNode uri = properties.get("DefinitionUri");
        if (body != null) {
            api.put("Body", body);
        } else if (uri != null) {
            TemplateNode location = nodes.map("Location", uri);
            api.put(
                    "Body",
                    new TemplateNode.Call(
                            uri.at(),
                            "Fn::Transform",
                            nodes.map("Name", nodes.text("AWS::Include"), "Parameters", location)));
        }
    }

    private String stageSuffix() {
        TemplateNode name = properties.get("StageName");
        if (name == null) {
            throw TemplateException.at(declared.at(), "the property StageName is missing");
        }
        return transform
                .staticText(name)
                .map(text -> text.replaceAll("[^A-Za-z0-9]", ""))
                .orElse("");
    }
}
