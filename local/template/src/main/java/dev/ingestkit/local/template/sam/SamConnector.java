package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.Map;

/**
 * Connectors: permissions between two resources, without effect in a local run. A connector that SAM would refuse is
 * refused.
 */
final class SamConnector {

    static final String TYPE = "AWS::Serverless::Connector";

    private SamConnector() {}

    /** Replaces a connector by the policy that SAM makes of it. */
    static void expand(SamTransform transform, ResourceDeclaration connector) {
        Properties properties = new Properties(connector.properties());
        end(transform, connector, properties, "Source");
        end(transform, connector, properties, "Destination");
        policy(transform, connector, connector.logicalId());
    }

    /** Adds the policies of the connectors that a resource has of its own. */
    static void embedded(SamTransform transform, ResourceDeclaration source) {
        TemplateNode connectors = source.attribute("Connectors");
        if (connectors != null) {
            Properties.of(connectors).node().entries().forEach((name, node) -> {
                end(transform, source, Properties.of(node).requiredObject("Properties"), "Destination");
                policy(transform, source, source.logicalId() + name);
            });
        }
    }

    private static void policy(SamTransform transform, ResourceDeclaration owner, String id) {
        transform.add(owner.derived(id + "Policy", "AWS::IAM::ManagedPolicy", Map.of()));
    }

    private static void end(SamTransform transform, ResourceDeclaration connector, Properties properties, String name) {
        TemplateNode end = properties.node(name).orElseThrow(() -> properties.missing(name));
        if (end instanceof TemplateNode.Sequence several) {
            several.items().forEach(each -> end(transform, connector, Properties.of(each)));
        } else {
            end(transform, connector, Properties.of(end));
        }
    }

    private static void end(SamTransform transform, ResourceDeclaration connector, Properties end) {
        end.text("Id").filter(id -> !transform.declares(id)).ifPresent(id -> {
            throw TemplateException.at(
                    end.at(),
                    "Resource with id [%s] is invalid. Unable to find resource with logical ID '%s'.",
                    connector.logicalId(),
                    id);
        });
    }
}
