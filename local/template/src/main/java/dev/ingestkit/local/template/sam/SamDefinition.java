package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.Optional;

/** The properties {@code DefinitionUri} and {@code DefinitionBody}, which all of SAM's APIs share. Stateless. */
final class SamDefinition {

    private SamDefinition() {}

    /**
     * Returns the document that an API includes from a file; empty if it names none.
     *
     * @throws TemplateException in SAM's words, if the API has a document in the template too
     */
    static Optional<TemplateNode> included(ResourceDeclaration api) {
        TemplateNode uri = api.properties().get("DefinitionUri");
        if (uri == null) {
            return Optional.empty();
        }
        if (api.properties().get("DefinitionBody") != null) {
            throw TemplateException.at(
                    api.at(),
                    "Resource with id [%s] is invalid. Specify either 'DefinitionUri' or 'DefinitionBody' property and"
                            + " not both.",
                    api.logicalId());
        }
        Nodes nodes = new Nodes(api.properties().at());
        return Optional.of(new TemplateNode.Call(
                uri.at(),
                "Fn::Transform",
                nodes.map("Name", nodes.text("AWS::Include"), "Parameters", nodes.map("Location", uri))));
    }
}
