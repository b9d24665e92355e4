package dev.ingestkit.local.template.resource;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource as the template declares it, or as the SAM transform generates it. Immutable.
 *
 * @param properties not resolved yet
 * @param condition the name of the condition that it exists under
 * @param dependsOn logical ids
 * @param attributes the other entries beside {@code Properties}, {@code Metadata} for example
 */
public record ResourceDeclaration(
        String logicalId,
        String type,
        TemplateNode.Mapping properties,
        Optional<String> condition,
        List<String> dependsOn,
        TemplateNode.Mapping attributes,
        Location at) {

    private static final Set<String> ATTRIBUTES = Set.of(
            "Type",
            "Properties",
            "Condition",
            "DependsOn",
            "Metadata",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "UpdatePolicy",
            "CreationPolicy",
            "Connectors",
            "IgnoreGlobals");

    public ResourceDeclaration {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(type, "type");
        requireNonNull(properties, "properties");
        dependsOn = List.copyOf(dependsOn);
        requireNonNull(attributes, "attributes");
    }

    public static ResourceDeclaration of(String logicalId, TemplateNode node) {
        Properties declaration = Properties.of(node);
        if (!logicalId.matches("[A-Za-z0-9]{1,255}")) {
            throw TemplateException.at(node.at(), "a logical id has letters and digits only: %s", logicalId);
        }
        for (Map.Entry<String, TemplateNode> attribute :
                declaration.node().entries().entrySet()) {
            if (!ATTRIBUTES.contains(attribute.getKey())) {
                throw TemplateException.at(
                        attribute.getValue().at(),
                        "a resource has no attribute %s; %s",
                        attribute.getKey(),
                        Suggestion.of(attribute.getKey(), ATTRIBUTES));
            }
        }
        return new ResourceDeclaration(
                logicalId,
                declaration.requiredText("Type"),
                declaration
                        .object("Properties")
                        .map(Properties::node)
                        .orElseGet(() -> TemplateNode.Mapping.empty(node.at().child("Properties"))),
                declaration.text("Condition"),
                dependencies(declaration),
                declaration.node(),
                node.at());
    }

    private static List<String> dependencies(Properties declaration) {
        Optional<TemplateNode> node = declaration.node("DependsOn");
        return node.isPresent() && node.get() instanceof TemplateNode.Scalar single
                ? List.of(single.text())
                : declaration.texts("DependsOn");
    }

    /** Returns a resource that the transform generates from this one, under the same condition. */
    public ResourceDeclaration derived(String id, String derivedType, Map<String, TemplateNode> derivedProperties) {
        return new ResourceDeclaration(
                id,
                derivedType,
                new TemplateNode.Mapping(properties.at(), derivedProperties),
                condition,
                List.of(),
                TemplateNode.Mapping.empty(at),
                at);
    }

    /** Returns the resource that the transform makes of this one, with everything but type and properties. */
    public ResourceDeclaration transformed(String newType, Map<String, TemplateNode> newProperties) {
        return new ResourceDeclaration(
                logicalId,
                newType,
                new TemplateNode.Mapping(properties.at(), newProperties),
                condition,
                dependsOn,
                attributes,
                at);
    }

    /** Returns the same resource without a condition. */
    public ResourceDeclaration withoutCondition() {
        return new ResourceDeclaration(logicalId, type, properties, Optional.empty(), dependsOn, attributes, at);
    }

    /** Returns the same resource, located elsewhere in the template. */
    public ResourceDeclaration at(Location other) {
        return new ResourceDeclaration(logicalId, type, properties, condition, dependsOn, attributes, other);
    }

    /** Returns the properties of some names, without those that the template does not give, as a map to add to. */
    public Map<String, TemplateNode> carried(List<String> names) {
        Map<String, TemplateNode> carried = new LinkedHashMap<>();
        for (String name : names) {
            TemplateNode value = properties.get(name);
            if (value != null) {
                carried.put(name, value);
            }
        }
        return carried;
    }

    /** Returns an entry beside {@code Properties}; null if there is none. */
    public @Nullable TemplateNode attribute(String name) {
        return attributes.get(name);
    }
}
