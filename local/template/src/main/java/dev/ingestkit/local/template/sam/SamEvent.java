package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One entry of a function's {@code Events}.
 *
 * @param function the function, with the globals merged into its properties
 * @param target the target of the event: the function, or its published alias
 */
record SamEvent(
        SamTransform transform, ResourceDeclaration function, String name, Properties declared, TemplateNode target) {

    String type() {
        return declared.requiredText("Type");
    }

    /** Returns the event's properties; empty if the template gives none. */
    Properties properties() {
        return declared.object("Properties")
                .orElseGet(() ->
                        new Properties(TemplateNode.Mapping.empty(declared.at().child("Properties"))));
    }

    /** Returns the logical id of the resource that SAM generates for the event. */
    String logicalId() {
        return function.logicalId() + name;
    }

    Nodes nodes() {
        return new Nodes(declared.at());
    }

    /** Adds a resource under the function's condition, located where the event is. */
    void add(String id, String type, Map<String, TemplateNode> properties) {
        transform.add(function.derived(id, type, properties).at(declared.at()));
    }

    /**
     * Adds the permission by which a service invokes the function.
     *
     * @param suffix the end of the permission's logical id; a hash stands for one that an id cannot contain
     */
    void addPermission(String suffix, String principal, TemplateNode sourceArn) {
        Map<String, TemplateNode> properties = new LinkedHashMap<>();
        properties.put("Action", nodes().text("lambda:InvokeFunction"));
        properties.put("FunctionName", target);
        properties.put("Principal", nodes().text(principal));
        properties.put("SourceArn", sourceArn);
        String end = suffix.isEmpty() || SamIds.isPlain(suffix) ? suffix : SamIds.hash(suffix);
        add(logicalId() + "Permission" + end, "AWS::Lambda::Permission", properties);
    }

    /**
     * Requires that the event has known properties only.
     *
     * @throws TemplateException naming the one that is not known
     */
    void requireKnown(Set<String> known) {
        properties().node().entries().forEach((property, value) -> {
            if (!known.contains(property)) {
                throw TemplateException.at(
                        value.at(),
                        "an event of type %s has no property %s; %s",
                        type(),
                        property,
                        Suggestion.of(property, known));
            }
        });
    }

    /** Returns an exception in the words of SAM. */
    TemplateException refused(String reason) {
        return TemplateException.at(
                declared.at(),
                "Resource with id [%s] is invalid. Event with id [%s] is invalid. %s",
                function.logicalId(),
                name,
                reason);
    }
}
