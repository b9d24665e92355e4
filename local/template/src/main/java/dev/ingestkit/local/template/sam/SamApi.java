package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
            "GatewayResponses",
            "Policy",
            "Mode",
            "FailOnWarnings",
            "ApiKeySourceType",
            "DisableExecuteApiEndpoint",
            "SecurityPolicy");
    private static final List<String> STAGE = List.of(
            "StageName",
            "Variables",
            "MethodSettings",
            "AccessLogSetting",
            "TracingEnabled",
            "CacheClusterEnabled",
            "CacheClusterSize",
            "CanarySetting");

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
        if (properties.get("StageName") == null) {
            throw TemplateException.at(
                    declared.at(), "Resource with id [%s] is invalid. Missing required property 'StageName'.", id);
        }
        Map<String, TemplateNode> api = declared.carried(API);
        api.put("Body", body());
        transform.add(declared.transformed("AWS::ApiGateway::RestApi", api));
        new Properties(properties)
                .object("Auth")
                .flatMap(auth -> auth.object("Authorizers"))
                .ifPresent(authorizers -> authorizers.node().entries().forEach(this::permission));
        String deployment = id + "Deployment";
        transform.add(declared.derived(deployment, "AWS::ApiGateway::Deployment", Map.of("RestApiId", nodes.ref(id))));
        String stage = id + stagePart();
        Map<String, TemplateNode> settings = declared.carried(STAGE);
        settings.put("RestApiId", nodes.ref(id));
        settings.put("DeploymentId", nodes.ref(deployment));
        transform.add(declared.derived(stage, "AWS::ApiGateway::Stage", settings));
        transform.nameReference(id + ".Stage", stage);
        SamUsagePlan.expand(transform, declared, stage);
        transform.nameReference(id + ".Deployment", deployment);
    }

    /** Adds the permission by which the API invokes an authorizer's function. */
    private void permission(String name, TemplateNode authorizer) {
        TemplateNode function = Properties.of(authorizer).node().get("FunctionArn");
        boolean isWithout = Properties.of(authorizer)
                .flag("DisableFunctionDefaultPermissions")
                .orElse(false);
        if (function == null || isWithout) {
            return;
        }
        Map<String, TemplateNode> made = new LinkedHashMap<>();
        made.put("Action", nodes.text("lambda:InvokeFunction"));
        made.put("FunctionName", function);
        made.put("Principal", nodes.text("apigateway.amazonaws.com"));
        made.put(
                "SourceArn",
                new TemplateNode.Call(
                        nodes.at(),
                        "Fn::Sub",
                        nodes.list(
                                nodes.text("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:"
                                        + "${__ApiId__}/authorizers/*"),
                                nodes.map("__ApiId__", nodes.ref(id)))));
        transform.add(declared.derived(id + name + "AuthorizerPermission", "AWS::Lambda::Permission", made));
    }

    private TemplateNode body() {
        TemplateNode document = document();
        return document instanceof TemplateNode.Mapping own ? withModels(own) : document;
    }

    /** Adds the models; SAM knows them by their names in lower case. */
    private TemplateNode.Mapping withModels(TemplateNode.Mapping document) {
        Map<String, TemplateNode> schemas = new LinkedHashMap<>();
        new Properties(properties)
                .object("Models")
                .ifPresent(models -> models.node()
                        .entries()
                        .forEach((name, schema) -> schemas.put(name.toLowerCase(Locale.ROOT), schema)));
        if (schemas.isEmpty()) {
            return document;
        }
        TemplateNode made = new TemplateNode.Mapping(nodes.at(), schemas);
        if (!document.has("openapi")) {
            return document.with("definitions", made);
        }
        TemplateNode.Mapping components = document.get("components") instanceof TemplateNode.Mapping own
                ? own
                : TemplateNode.Mapping.empty(nodes.at());
        return document.with("components", components.with("schemas", made));
    }

    private TemplateNode document() {
        Optional<TemplateNode> included = SamDefinition.included(declared);
        if (included.isPresent()) {
            return included.get();
        }
        TemplateNode body = properties.get("DefinitionBody");
        if (body == null) {
            return routed(skeleton());
        }
        boolean merges = new Properties(properties).flag("MergeDefinitions").orElse(false);
        return merges && body instanceof TemplateNode.Mapping document ? routed(document) : body;
    }

    private TemplateNode.Mapping skeleton() {
        Optional<String> version = Optional.ofNullable(properties.get("OpenApiVersion"))
                .map(Properties::text)
                .filter(text -> text.matches("3(\\.\\d)(\\.\\d)?"));
        Map<String, TemplateNode> document = new LinkedHashMap<>();
        document.put(version.isPresent() ? "openapi" : "swagger", nodes.text(version.orElse("2.0")));
        document.put("info", nodes.map("version", nodes.text("1.0"), "title", nodes.ref("AWS::StackName")));
        document.put("paths", TemplateNode.Mapping.empty(nodes.at()));
        return new TemplateNode.Mapping(nodes.at(), document);
    }

    /**
     * Returns the document with the methods that events add to it; a method of an event replaces one of the document.
     */
    private TemplateNode.Mapping routed(TemplateNode.Mapping document) {
        Map<String, Map<String, TemplateNode>> paths = new LinkedHashMap<>();
        if (document.get("paths") instanceof TemplateNode.Mapping own) {
            own.entries()
                    .forEach((path, item) -> paths.put(
                            path, new LinkedHashMap<>(Properties.of(item).node().entries())));
        }
        Map<String, TemplateNode> validators = new LinkedHashMap<>();
        Properties settings = new Properties(properties);
        for (SamApis.Route route : transform.apis().routesOf(id)) {
            if (transform.exists(route.event().function())) {
                SamOperation operation = new SamOperation(route, document.has("openapi"));
                paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                        .put(operation.method(), operation.make(settings, validators));
            }
        }
        Map<String, TemplateNode> items = new LinkedHashMap<>();
        paths.forEach((path, item) -> items.put(path, new TemplateNode.Mapping(nodes.at(), item)));
        TemplateNode.Mapping made = document.with("paths", new TemplateNode.Mapping(nodes.at(), items));
        return validators.isEmpty()
                ? made
                : made.with("x-amazon-apigateway-request-validators", new TemplateNode.Mapping(nodes.at(), validators));
    }

    /** Returns the end of the stage's logical id: a hash stands for a name that an id cannot contain. */
    private String stagePart() {
        if (!(properties.get("StageName") instanceof TemplateNode.Scalar name)) {
            return "Stage";
        }
        String text = name.text();
        return SamIds.isPlain(text) ? text + "Stage" : "Stage" + SamIds.hash(text);
    }
}
