package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Expands one {@code AWS::Serverless::Function}: the function, its role, version and alias, its event sources. */
final class SamFunction {

    private static final List<String> CARRIED = List.of(
            "FunctionName",
            "Handler",
            "Runtime",
            "MemorySize",
            "Timeout",
            "Environment",
            "Description",
            "ReservedConcurrentExecutions",
            "PackageType",
            "Tags",
            "Architectures",
            "SnapStart",
            "KmsKeyArn",
            "Layers",
            "FileSystemConfigs",
            "ImageConfig",
            "CodeSigningConfigArn",
            "RuntimeManagementConfig",
            "RecursiveLoop",
            "TenancyConfig",
            "LoggingConfig",
            "EphemeralStorage",
            "VpcConfig");

    private final SamTransform transform;
    private final ResourceDeclaration declared;
    private final TemplateNode.Mapping properties;
    private final Nodes nodes;
    private final String id;

    SamFunction(SamTransform transform, ResourceDeclaration declared) {
        this.transform = transform;
        this.declared = declared;
        this.properties = declared.properties();
        this.nodes = new Nodes(properties.at());
        this.id = declared.logicalId();
    }

    void expand() {
        SamPolicies.check(declared);
        new SamWords(transform, declared).checkFunction();
        Map<String, TemplateNode> plain = new LinkedHashMap<>();
        CARRIED.forEach(name -> carry(name, plain));
        code(plain);
        TemplateNode tracing = properties.get("Tracing");
        if (tracing != null) {
            plain.put("TracingConfig", nodes.map("Mode", tracing));
        }
        TemplateNode queue = properties.get("DeadLetterQueue");
        if (queue != null) {
            TemplateNode target = Properties.of(queue)
                    .node("TargetArn")
                    .orElseThrow(() -> Properties.of(queue).missing("TargetArn"));
            plain.put("DeadLetterConfig", nodes.map("TargetArn", target));
        }
        TemplateNode own = properties.get("Role");
        plain.put("Role", own != null ? own : nodes.attribute(id + "Role", "Arn"));
        transform.add(declared.transformed("AWS::Lambda::Function", plain));
        if (own == null) {
            role();
        }
        TemplateNode target = publish();
        deploymentGroup();
        SamInvokeConfig.expand(transform, declared);
        url();
        SamConnector.embedded(transform, declared);
        SamEvents.expand(transform, declared, target);
    }

    private void carry(String name, Map<String, TemplateNode> plain) {
        TemplateNode value = properties.get(name);
        if (value != null) {
            plain.put(name, value);
        }
    }

    private void code(Map<String, TemplateNode> plain) {
        TemplateNode inline = properties.get("InlineCode");
        TemplateNode image = properties.get("ImageUri");
        TemplateNode uri = properties.get("CodeUri");
        if (uri != null) {
            plain.put("Code", uri instanceof TemplateNode.Mapping object ? object(object) : uri);
        } else if (inline != null) {
            plain.put("Code", nodes.map("ZipFile", inline));
        } else if (image != null) {
            plain.put("Code", nodes.map("ImageUri", image));
        }
    }

    /** Adds CodeDeploy's application, role and deployment group: without effect here, but other resources may refer to them. */
    private void deploymentGroup() {
        TemplateNode preference = properties.get("DeploymentPreference");
        if (preference == null
                || properties.get("AutoPublishAlias") == null
                || Properties.of(preference)
                        .node("Enabled")
                        .flatMap(transform::staticText)
                        .filter("false"::equalsIgnoreCase)
                        .isPresent()) {
            return;
        }
        String application = "ServerlessDeploymentApplication";
        transform.share(declared.derived(application, "AWS::CodeDeploy::Application", Map.of()));
        if (Properties.of(preference).node("Role").isEmpty()) {
            transform.share(declared.derived("CodeDeployServiceRole", "AWS::IAM::Role", Map.of()));
        }
        transform.add(declared.derived(
                id + "DeploymentGroup",
                "AWS::CodeDeploy::DeploymentGroup",
                Map.of("ApplicationName", nodes.ref(application))));
    }

    /** Adds the function's URL, which is not run: references to it get a made-up value. */
    private void url() {
        TemplateNode config = properties.get("FunctionUrlConfig");
        if (config != null) {
            Map<String, TemplateNode> url =
                    new LinkedHashMap<>(Properties.of(config).node().entries());
            url.put("TargetFunctionArn", nodes.ref(id));
            transform.add(declared.derived(id + "Url", "AWS::Lambda::Url", url));
        }
    }

    /** Returns an object in S3 as CloudFormation names it. */
    static TemplateNode object(TemplateNode.Mapping uri) {
        Map<String, String> names = Map.of("Bucket", "S3Bucket", "Key", "S3Key", "Version", "S3ObjectVersion");
        Map<String, TemplateNode> plain = new LinkedHashMap<>();
        uri.entries().forEach((name, value) -> plain.put(names.getOrDefault(name, name), value));
        return new TemplateNode.Mapping(uri.at(), plain);
    }

    private void role() {
        Map<String, TemplateNode> role = new LinkedHashMap<>();
        carry("Policies", role);
        carry("AssumeRolePolicyDocument", role);
        transform.add(declared.derived(id + "Role", "AWS::IAM::Role", role));
    }

    /**
     * Publishes an alias if the template asks for one.
     *
     * @return the target of event sources: the function, or the published alias
     */
    private TemplateNode publish() {
        TemplateNode alias = properties.get("AutoPublishAlias");
        if (alias == null) {
            return nodes.ref(id);
        }
        String name = transform
                .staticText(alias)
                .orElseThrow(() -> TemplateException.at(alias.at(), "AutoPublishAlias may refer to parameters only"));
        String version = id + "Version";
        transform.add(declared.derived(version, "AWS::Lambda::Version", Map.of("FunctionName", nodes.ref(id))));
        Map<String, TemplateNode> plain = new LinkedHashMap<>();
        plain.put("Name", nodes.text(name));
        plain.put("FunctionName", nodes.ref(id));
        plain.put("FunctionVersion", nodes.attribute(version, "Version"));
        transform.add(declared.derived(id + "Alias" + name, "AWS::Lambda::Alias", plain));
        transform.nameReference(id + ".Version", version);
        transform.nameReference(id + ".Alias", id + "Alias" + name);
        return nodes.ref(id + "Alias" + name);
    }
}
