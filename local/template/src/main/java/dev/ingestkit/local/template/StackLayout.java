package dev.ingestkit.local.template;

import dev.ingestkit.local.template.api.ApiUrls;
import dev.ingestkit.local.template.intrinsic.Conditions;
import dev.ingestkit.local.template.intrinsic.Expansion;
import dev.ingestkit.local.template.intrinsic.Parameters;
import dev.ingestkit.local.template.intrinsic.Rules;
import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Declarations;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceCatalog;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import dev.ingestkit.local.template.resource.ResourceType;
import dev.ingestkit.local.template.resource.ResourceTypes;
import dev.ingestkit.local.template.resource.Support;
import dev.ingestkit.local.template.sam.SamTransform;
import dev.ingestkit.local.template.spec.RuntimeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One template's resources: loops and includes expanded, conditions evaluated, transformed, each with its name. A
 * nested stack has a layout of its own. Not thread-safe.
 */
final class StackLayout {

    private static final Pattern DYNAMIC = Pattern.compile("\\{\\{resolve:[^}]*}}");

    private final Template template;
    private final TemplateContext context;
    private final Parameters parameters;
    private final Conditions conditions;
    private final Expansion expansion;
    private final ResourceCatalog catalog;
    private final NestedStacks nested;

    /**
     * Declares a template's resources.
     *
     * @param given values of parameters that replace defaults
     * @param nested makes the layouts of nested stacks
     * @throws TemplateException with every problem found
     */
    StackLayout(Template template, TemplateContext context, Map<String, String> given, NestedStacks nested) {
        this.template = template;
        this.context = context;
        this.nested = nested;
        Problems problems = new Problems();
        this.parameters = Parameters.of(template.section("Parameters"), given);
        this.expansion = new Expansion(
                new Conditions(TemplateNode.Mapping.empty(template.at()), parameters, context).resolver(), context);
        this.conditions = new Conditions(expansion.section(template.section("Conditions")), parameters, context);
        conditions.check(problems);
        // Nothing that runs needs the value of a parameter that only rules refer to.
        new Rules(new Conditions(TemplateNode.Mapping.empty(template.at()), parameters, context.withoutWarnings())
                        .resolver())
                .check(template.section("Rules"), problems);
        problems.throwIfAny();
        SamTransform transform = new SamTransform(template.section("Globals"), conditions, context);
        List<ResourceDeclaration> declared = new ArrayList<>();
        expansion
                .section(template.section("Resources"))
                .entries()
                .forEach((id, node) -> problems.collect(() -> declared.add(declaration(id, node))));
        problems.throwIfAny();
        nested.declare(declared);
        Declarations declarations = transform.transform(declared, problems);
        problems.throwIfAny();
        this.catalog = new ResourceCatalog(declarations, conditions, parameters, context, nested);
    }

    private ResourceDeclaration declaration(String id, TemplateNode node) {
        ResourceDeclaration declared = ResourceDeclaration.of(id, node);
        if (declared.type().startsWith("AWS::Serverless::") && !template.isServerless()) {
            throw TemplateException.at(
                    node.at(), "%s needs 'Transform: AWS::Serverless-2016-10-31' in the template", declared.type());
        }
        if (declared.condition()
                .map(name -> conditions.condition(name, node.at()))
                .orElse(true)) {
            warnAboutType(declared);
        }
        return declared;
    }

    private void warnAboutType(ResourceDeclaration declared) {
        ResourceType type = ResourceTypes.of(declared.type());
        if (type.support() == Support.NOT_RUN) {
            context.warn(
                    declared.at(),
                    "%s is not run locally; references to it have made-up values".formatted(declared.type()));
        } else if (type.support() == Support.RUN) {
            declared.properties().entries().forEach((property, value) -> {
                boolean isInclude =
                        property.equals("Fn::Transform") && !declared.type().startsWith("AWS::Serverless::");
                if (type.refuses(property)) {
                    throw TemplateException.at(
                            value.at(),
                            "Resource with id [%s] is invalid. property %s not defined for resource of type %s",
                            declared.logicalId(),
                            property,
                            declared.type());
                }
                if (!type.properties().contains(property) && !isInclude) {
                    context.warn(
                            value.at(),
                            "the property %s of %s is not run locally".formatted(property, declared.type()));
                }
            });
        }
    }

    /**
     * Resolves the resources whose condition holds, those of nested stacks included.
     *
     * @param problems collects the problems of each resource
     */
    List<Resource> resolve(Problems problems) {
        Map<String, Resource> resolved = new LinkedHashMap<>();
        for (ResourceDeclaration declared : catalog.active()) {
            problems.collect(() -> resolved.put(declared.logicalId(), resolve(declared)));
        }
        problems.throwIfAny();
        problems.collect(catalog::requireNoCycle);
        List<Resource> all = new ArrayList<>(resolved.values());
        resolved.values()
                .forEach(resource -> nested.of(resource).ifPresent(layout -> all.addAll(layout.resolve(problems))));
        return all;
    }

    private Resource resolve(ResourceDeclaration declared) {
        catalog.dependsOn(declared);
        TemplateNode.Mapping properties =
                catalog.resolverOf(declared.logicalId()).mapping(declared.properties());
        if (ResourceTypes.of(declared.type()).support() == Support.RUN) {
            warnAboutDynamicReferences(properties);
        }
        return new Resource(declared, new Properties(properties), catalog);
    }

    /** Warns of references that AWS looks up during a deployment and that are taken as the value itself here. */
    private void warnAboutDynamicReferences(TemplateNode node) {
        switch (node.kind()) {
            case MAPPING -> ((TemplateNode.Mapping) node).entries().values().forEach(this::warnAboutDynamicReferences);
            case SEQUENCE -> ((TemplateNode.Sequence) node).items().forEach(this::warnAboutDynamicReferences);
            case SCALAR -> warnAboutDynamicReference((TemplateNode.Scalar) node);
            case CALL -> {} // gone from a resolved node
        }
    }

    private void warnAboutDynamicReference(TemplateNode.Scalar scalar) {
        if (DYNAMIC.matcher(scalar.text()).find()) {
            context.warn(
                    scalar.at(),
                    "the dynamic reference %s is not looked up locally; the value is this text itself"
                            .formatted(scalar.text()));
        }
    }

    /** Returns the outputs whose condition holds. */
    OutputReader outputs(ApiUrls urls) {
        return new OutputReader(expansion.section(template.section("Outputs")), catalog, conditions, urls);
    }

    /** Returns whether a resource is this template's own, not one of a nested stack. */
    boolean owns(Resource resource) {
        return resource.catalog() == catalog;
    }

    Parameters parameters() {
        return parameters;
    }

    RuntimeNames names() {
        return context.names();
    }
}
