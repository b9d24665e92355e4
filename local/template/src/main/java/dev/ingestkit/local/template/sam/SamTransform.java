package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.intrinsic.Conditions;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Declarations;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import dev.ingestkit.local.template.resource.ResourceType;
import dev.ingestkit.local.template.resource.ResourceTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies {@code AWS::Serverless-2016-10-31} as far as a local run needs it: merges the globals, and turns each
 * serverless resource into the plain ones that CloudFormation creates for it, under the same logical ids. Not
 * thread-safe.
 */
public final class SamTransform {

    private final TemplateNode.Mapping globals;
    private final Conditions conditions;
    private final List<Problem> warnings;
    private final Map<String, ResourceDeclaration> resources = new LinkedHashMap<>();
    private final Map<String, String> references = new LinkedHashMap<>();

    public SamTransform(TemplateNode.Mapping globals, Conditions conditions, List<Problem> warnings) {
        this.globals = globals;
        this.conditions = conditions;
        this.warnings = warnings;
    }

    /** Adds a resource, transformed if it is serverless. */
    public void take(ResourceDeclaration declared) {
        switch (declared.type()) {
            case "AWS::Serverless::Function" -> new SamFunction(this, merged(declared, "Function")).expand();
            case "AWS::Serverless::Api" -> new SamApi(this, merged(declared, "Api")).expand();
            case "AWS::Serverless::SimpleTable" -> simpleTable(merged(declared, "SimpleTable"));
            default -> add(declared);
        }
    }

    /** Returns the resources declared so far, transformed. */
    public Declarations declarations() {
        return new Declarations(resources, references);
    }

    void add(ResourceDeclaration resource) {
        if (resources.putIfAbsent(resource.logicalId(), resource) != null) {
            throw TemplateException.at(
                    resource.at(),
                    "the SAM transform generates a second resource %s; rename one",
                    resource.logicalId());
        }
    }

    void nameReference(String name, String logicalId) {
        references.put(name, logicalId);
    }

    void warn(Location at, String reason) {
        warnings.add(new Problem(at, reason));
    }

    /** Returns the text of a node that refers to no resource; empty when it does. */
    Optional<String> staticText(TemplateNode node) {
        try {
            return conditions.resolver().resolve(node).map(Properties::text);
        } catch (TemplateException needsResources) {
            return Optional.empty();
        }
    }

    private ResourceDeclaration merged(ResourceDeclaration declared, String section) {
        TemplateNode shared = globals.get(section);
        if (shared == null) {
            return declared;
        }
        TemplateNode.Mapping common = Properties.of(shared).node();
        ResourceType type = ResourceTypes.of(declared.type());
        common.entries().forEach((property, node) -> {
            if (!type.properties().contains(property)) {
                warn(node.at(), "the property %s of %s is not run locally".formatted(property, type.name()));
            }
        });
        TemplateNode both = merge(common, declared.properties());
        return declared.transformed(declared.type(), ((TemplateNode.Mapping) both).entries());
    }

    /** Merges by SAM's rule: maps are merged, lists are joined with the globals first, anything else is replaced. */
    private static TemplateNode merge(TemplateNode shared, TemplateNode own) {
        if (shared instanceof TemplateNode.Mapping first && own instanceof TemplateNode.Mapping second) {
            Map<String, TemplateNode> entries = new LinkedHashMap<>(first.entries());
            second.entries().forEach((key, value) -> entries.merge(key, value, SamTransform::merge));
            return new TemplateNode.Mapping(own.at(), entries);
        }
        if (shared instanceof TemplateNode.Sequence first && own instanceof TemplateNode.Sequence second) {
            List<TemplateNode> items = new ArrayList<>(first.items());
            items.addAll(second.items());
            return new TemplateNode.Sequence(own.at(), items);
        }
        return own;
    }

    private void simpleTable(ResourceDeclaration declared) {
        Properties key = Optional.ofNullable(declared.properties().get("PrimaryKey"))
                .map(Properties::of)
                .orElseGet(() -> new Properties(TemplateNode.Mapping.empty(declared.at())));
        String name = key.text("Name").orElse("id");
        String type = key.oneOf("Type", List.of("String", "Number", "Binary")).orElse("String");
        Nodes nodes = new Nodes(declared.properties().at());
        Map<String, TemplateNode> plain =
                new LinkedHashMap<>(declared.properties().entries());
        plain.remove("PrimaryKey");
        plain.put(
                "AttributeDefinitions",
                nodes.list(nodes.map(
                        "AttributeName", nodes.text(name), "AttributeType", nodes.text(type.substring(0, 1)))));
        plain.put("KeySchema", nodes.list(nodes.map("AttributeName", nodes.text(name), "KeyType", nodes.text("HASH"))));
        if (!plain.containsKey("ProvisionedThroughput")) {
            plain.put("BillingMode", nodes.text("PAY_PER_REQUEST"));
        }
        add(declared.transformed("AWS::DynamoDB::Table", plain));
    }
}
