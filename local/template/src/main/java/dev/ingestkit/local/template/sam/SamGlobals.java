package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The section {@code Globals}: properties shared by all resources of a type. Immutable. */
final class SamGlobals {

    /** Properties by section, in the order of SAM's error messages. */
    private static final Map<String, List<String>> SUPPORTED = Map.of(
            "Api",
                    List.of(
                            "Auth",
                            "Name",
                            "DefinitionUri",
                            "CacheClusterEnabled",
                            "CacheClusterSize",
                            "MergeDefinitions",
                            "Variables",
                            "EndpointConfiguration",
                            "MethodSettings",
                            "BinaryMediaTypes",
                            "MinimumCompressionSize",
                            "Cors",
                            "GatewayResponses",
                            "AccessLogSetting",
                            "CanarySetting",
                            "TracingEnabled",
                            "OpenApiVersion",
                            "Domain",
                            "AlwaysDeploy",
                            "PropagateTags",
                            "SecurityPolicy",
                            "EndpointAccessMode"),
            "Function",
                    List.of(
                            "Handler",
                            "Runtime",
                            "CodeUri",
                            "DeadLetterQueue",
                            "Description",
                            "MemorySize",
                            "Timeout",
                            "VpcConfig",
                            "Environment",
                            "Tags",
                            "PropagateTags",
                            "Tracing",
                            "KmsKeyArn",
                            "AutoPublishAlias",
                            "AutoPublishAliasAllProperties",
                            "Layers",
                            "DeploymentPreference",
                            "RolePath",
                            "PermissionsBoundary",
                            "ReservedConcurrentExecutions",
                            "ProvisionedConcurrencyConfig",
                            "AssumeRolePolicyDocument",
                            "EventInvokeConfig",
                            "FileSystemConfigs",
                            "CodeSigningConfigArn",
                            "Architectures",
                            "SnapStart",
                            "EphemeralStorage",
                            "FunctionUrlConfig",
                            "RuntimeManagementConfig",
                            "LoggingConfig",
                            "RecursiveLoop",
                            "SourceKMSKeyArn",
                            "TenancyConfig",
                            "DurableConfig",
                            "CapacityProviderConfig",
                            "FunctionScalingConfig",
                            "PublishToLatestPublished",
                            "VersionDeletionPolicy"),
            "HttpApi",
                    List.of(
                            "Auth",
                            "AccessLogSettings",
                            "StageVariables",
                            "Tags",
                            "CorsConfiguration",
                            "DefaultRouteSettings",
                            "Domain",
                            "RouteSettings",
                            "FailOnWarnings",
                            "PropagateTags"),
            "LayerVersion", List.of("PublishLambdaVersion"),
            "SimpleTable", List.of("SSESpecification"),
            "StateMachine", List.of("PropagateTags"));

    /** Sections that SAM knows for types other than Java functions and REST APIs. */
    private static final Set<String> OTHER_SECTIONS =
            Set.of("CapacityProvider", "MicrovmImage", "NetworkConnector", "WebSocketApi");

    private final TemplateNode.Mapping section;

    /**
     * Reads the section.
     *
     * @throws TemplateException in SAM's words, if SAM would refuse it
     */
    SamGlobals(TemplateNode.Mapping section) {
        this.section = section;
        section.entries().forEach((name, properties) -> {
            List<String> supported = SUPPORTED.get(name);
            if (supported != null) {
                check(name, Properties.of(properties), supported);
            } else if (!OTHER_SECTIONS.contains(name)) {
                Set<String> sections = new TreeSet<>(SUPPORTED.keySet());
                sections.addAll(OTHER_SECTIONS);
                throw TemplateException.at(
                        properties.at(),
                        "'Globals' section is invalid. '%s' is not supported. Must be one of the following values - %s",
                        name,
                        quoted(sections));
            }
        });
    }

    private static void check(String section, Properties properties, List<String> supported) {
        properties.node().entries().forEach((property, node) -> {
            if (!supported.contains(property)) {
                throw TemplateException.at(
                        node.at(),
                        "'Globals' section is invalid. '%s' is not a supported property of '%s'. Must be one of the"
                                + " following values - %s",
                        property,
                        section,
                        quoted(supported));
            }
        });
    }

    private static String quoted(Iterable<String> names) {
        List<String> quoted = new ArrayList<>();
        names.forEach(name -> quoted.add("'" + name + "'"));
        return "[" + String.join(", ", quoted) + "]";
    }

    /** Returns a section's properties; empty if the template has no such section. */
    Map<String, TemplateNode> of(String name) {
        TemplateNode shared = section.get(name);
        return shared == null ? Map.of() : Properties.of(shared).node().entries();
    }

    /** Returns a resource with the shared properties that it does not ignore. */
    ResourceDeclaration merged(ResourceDeclaration declared, String name) {
        Map<String, TemplateNode> shared = new LinkedHashMap<>(of(name));
        TemplateNode ignored = declared.attribute("IgnoreGlobals");
        if (ignored != null) {
            ignore(declared, ignored, shared);
        }
        if (shared.isEmpty()) {
            return declared;
        }
        TemplateNode both = merge(new TemplateNode.Mapping(declared.properties().at(), shared), declared.properties());
        return declared.transformed(declared.type(), ((TemplateNode.Mapping) both).entries());
    }

    private static void ignore(ResourceDeclaration declared, TemplateNode ignored, Map<String, TemplateNode> shared) {
        if (ignored instanceof TemplateNode.Scalar all && all.text().equals("*")) {
            shared.clear();
            return;
        }
        if (!(ignored instanceof TemplateNode.Sequence names)) {
            throw TemplateException.at(
                    ignored.at(),
                    "Resource with id [%s] is invalid. Resource %s has invalid resource attribute 'IgnoreGlobals'.",
                    declared.logicalId(),
                    declared.logicalId());
        }
        for (TemplateNode name : names.items()) {
            if (shared.remove(Properties.text(name)) == null) {
                throw TemplateException.at(
                        name.at(),
                        "Resource with id [%s] is invalid. Resource %s has invalid resource attribute 'IgnoreGlobals'"
                                + " on item '%s'.",
                        declared.logicalId(),
                        declared.logicalId(),
                        Properties.text(name));
            }
        }
    }

    /** Merges by SAM's rule: maps are merged, lists are joined with the globals first, anything else is replaced. */
    private static TemplateNode merge(TemplateNode shared, TemplateNode own) {
        if (shared instanceof TemplateNode.Mapping first && own instanceof TemplateNode.Mapping second) {
            Map<String, TemplateNode> entries = new LinkedHashMap<>(first.entries());
            second.entries().forEach((key, value) -> entries.merge(key, value, SamGlobals::merge));
            return new TemplateNode.Mapping(own.at(), entries);
        }
        if (shared instanceof TemplateNode.Sequence first && own instanceof TemplateNode.Sequence second) {
            List<TemplateNode> items = new ArrayList<>(first.items());
            items.addAll(second.items());
            return new TemplateNode.Sequence(own.at(), items);
        }
        return own;
    }
}
