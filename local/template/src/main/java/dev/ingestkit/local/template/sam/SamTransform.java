package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.intrinsic.Conditions;
import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Declarations;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import dev.ingestkit.local.template.resource.ResourceType;
import dev.ingestkit.local.template.resource.ResourceTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies {@code AWS::Serverless-2016-10-31} as far as a local run needs it: merges the globals, and turns each
 * serverless resource into the plain ones that CloudFormation creates for it, under the same logical ids. Not
 * thread-safe.
 */
public final class SamTransform {

    private final SamGlobals globals;
    private final Conditions conditions;
    private final TemplateContext context;
    private final SamApis apis = new SamApis();
    private final SamHttpApis httpApis = new SamHttpApis();
    private final Map<String, ResourceDeclaration> resources = new LinkedHashMap<>();
    private final Map<String, String> references = new LinkedHashMap<>();
    private final Set<String> shared = new HashSet<>();
    private Map<String, ResourceDeclaration> made = new LinkedHashMap<>();

    /** @throws TemplateException if SAM would refuse the globals */
    public SamTransform(TemplateNode.Mapping globals, Conditions conditions, TemplateContext context) {
        this.globals = new SamGlobals(globals);
        this.conditions = conditions;
        this.context = context;
    }

    /**
     * Transforms a template's resources.
     *
     * @return the plain resources in the template's order; a generated one follows the one that it comes from
     * @param problems collects the parts that SAM would refuse
     */
    public Declarations transform(List<ResourceDeclaration> declared, Problems problems) {
        warnAboutGlobals();
        declared.forEach(apis::declare);
        declared.forEach(httpApis::declare);
        Map<String, Map<String, ResourceDeclaration>> expanded = new LinkedHashMap<>();
        declared.forEach(resource -> expanded.put(resource.logicalId(), new LinkedHashMap<>()));
        declared.stream()
                .filter(resource -> !isApi(resource))
                .forEach(resource -> expand(resource, expanded, problems));
        List<ResourceDeclaration> routed =
                new ArrayList<>(declared.stream().filter(SamTransform::isApi).toList());
        apis.implicit().ifPresent(routed::add);
        httpApis.implicit().ifPresent(routed::add);
        routed.forEach(api -> expand(api, expanded, problems));
        expanded.values().forEach(each -> each.values().forEach(resource -> problems.collect(() -> unique(resource))));
        return new Declarations(resources, references);
    }

    /** APIs come last: events of functions add to them. */
    private static boolean isApi(ResourceDeclaration resource) {
        return resource.type().equals(SamApis.TYPE) || resource.type().equals(SamHttpApis.TYPE);
    }

    private void expand(
            ResourceDeclaration declared, Map<String, Map<String, ResourceDeclaration>> expanded, Problems problems) {
        made = expanded.computeIfAbsent(declared.logicalId(), id -> new LinkedHashMap<>());
        problems.collect(() -> {
            switch (declared.type()) {
                case "AWS::Serverless::Function" ->
                    new SamFunction(this, checked(globals.merged(declared, "Function"))).expand();
                case SamApis.TYPE -> new SamApi(this, checked(globals.merged(declared, "Api"))).expand();
                case SamHttpApis.TYPE -> new SamHttpApi(this, checked(globals.merged(declared, "HttpApi"))).expand();
                case SamConnector.TYPE -> SamConnector.expand(this, checked(declared));
                case "AWS::Serverless::Application" -> application(checked(declared));
                case "AWS::Serverless::LayerVersion" -> layer(checked(globals.merged(declared, "LayerVersion")));
                case SamSimpleTable.TYPE ->
                    add(SamSimpleTable.expand(checked(globals.merged(declared, "SimpleTable"))));
                default -> add(declared);
            }
        });
    }

    private static ResourceDeclaration checked(ResourceDeclaration merged) {
        SamPropertyTypes.check(merged);
        return merged;
    }

    void add(ResourceDeclaration resource) {
        if (made.putIfAbsent(resource.logicalId(), resource) != null) {
            throw second(resource);
        }
    }

    /**
     * Adds a resource that several of the template's resources share, unless one of them has added it. It has no condition,
     * since each of them may have another.
     */
    void share(ResourceDeclaration resource) {
        if (shared.add(resource.logicalId())) {
            add(resource.withoutCondition());
        }
    }

    private void unique(ResourceDeclaration resource) {
        if (resources.putIfAbsent(resource.logicalId(), resource) != null) {
            throw second(resource);
        }
    }

    private static TemplateException second(ResourceDeclaration resource) {
        return TemplateException.at(
                resource.at(), "the SAM transform generates a second resource %s; rename one", resource.logicalId());
    }

    SamApis apis() {
        return apis;
    }

    SamHttpApis httpApis() {
        return httpApis;
    }

    /** Returns whether the template declares a resource. */
    boolean declares(String logicalId) {
        return apis.declares(logicalId);
    }

    /** Returns whether a resource's condition holds. */
    boolean exists(ResourceDeclaration resource) {
        return resource.condition()
                .map(name -> conditions.condition(name, resource.at()))
                .orElse(true);
    }

    void nameReference(String name, String logicalId) {
        references.put(name, logicalId);
    }

    void warn(Location at, String reason) {
        context.warn(at, reason);
    }

    /** Returns whether a node is {@code AWS::NoValue}, as far as parameters and conditions decide. */
    boolean isNoValue(TemplateNode node) {
        try {
            return conditions.resolver().resolve(node).isEmpty();
        } catch (TemplateException needsResources) {
            // A reference to a resource is a value.
            return false;
        }
    }

    /** Returns the text of a node that refers to no resource; empty when it does. */
    Optional<String> staticText(TemplateNode node) {
        try {
            return conditions.resolver().resolve(node).map(Properties::text);
        } catch (TemplateException needsResources) {
            return Optional.empty();
        }
    }

    private void warnAboutGlobals() {
        for (String section : List.of("Function", "Api", "HttpApi", "SimpleTable")) {
            ResourceType type = ResourceTypes.of("AWS::Serverless::" + section);
            globals.of(section).forEach((property, node) -> {
                if (!type.properties().contains(property)) {
                    warn(node.at(), "the property %s of %s is not run locally".formatted(property, type.name()));
                }
            });
        }
    }

    /** Nests an application; one of the AWS Serverless Application Repository is not on this machine. */
    private void application(ResourceDeclaration declared) {
        Map<String, TemplateNode> plain =
                new LinkedHashMap<>(declared.properties().entries());
        TemplateNode location = plain.remove("Location");
        if (location == null) {
            throw TemplateException.at(
                    declared.at(),
                    "Resource with id [%s] is invalid. Missing required property 'Location'.",
                    declared.logicalId());
        }
        plain.put(
                "TemplateURL",
                location instanceof TemplateNode.Mapping application
                        ? TemplateNode.Scalar.text(
                                location.at(),
                                "serverlessrepo://"
                                        + new Properties(application)
                                                .node("ApplicationId")
                                                .flatMap(this::staticText)
                                                .orElse("?"))
                        : location);
        add(declared.transformed("AWS::CloudFormation::Stack", plain));
    }

    private void layer(ResourceDeclaration declared) {
        Map<String, TemplateNode> plain =
                new LinkedHashMap<>(declared.properties().entries());
        TemplateNode content = plain.remove("ContentUri");
        if (content == null) {
            throw TemplateException.at(
                    declared.at(),
                    "Resource with id [%s] is invalid. Missing required property 'ContentUri'.",
                    declared.logicalId());
        }
        plain.put("Content", content instanceof TemplateNode.Mapping object ? SamFunction.object(object) : content);
        new SamWords(this, declared).checkLayer();
        plain.remove("RetentionPolicy");
        if (!plain.containsKey("LayerName")) {
            plain.put("LayerName", TemplateNode.Scalar.text(declared.at(), declared.logicalId()));
        }
        add(declared.transformed("AWS::Lambda::LayerVersion", plain));
    }
}
