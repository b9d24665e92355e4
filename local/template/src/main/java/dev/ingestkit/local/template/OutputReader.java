package dev.ingestkit.local.template;

import dev.ingestkit.local.template.api.ApiUrls;
import dev.ingestkit.local.template.intrinsic.Conditions;
import dev.ingestkit.local.template.intrinsic.Resolver;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceCatalog;
import dev.ingestkit.local.template.spec.StackOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code Outputs}. */
record OutputReader(TemplateNode.Mapping section, ResourceCatalog catalog, Conditions conditions, ApiUrls urls) {

    private static final Set<String> PROPERTIES = Set.of("Value", "Description", "Export", "Condition");

    List<StackOutput> read(Problems problems) {
        List<StackOutput> outputs = new ArrayList<>();
        section.entries()
                .forEach((name, node) ->
                        problems.collect(() -> output(name, Properties.of(node)).ifPresent(outputs::add)));
        return outputs;
    }

    private Optional<StackOutput> output(String name, Properties output) {
        for (String property : output.node().entries().keySet()) {
            if (!PROPERTIES.contains(property)) {
                throw TemplateException.at(
                        output.at(), "an output has no property %s; %s", property, Suggestion.of(property, PROPERTIES));
            }
        }
        if (!output.text("Condition")
                .map(condition -> conditions.condition(condition, output.at()))
                .orElse(true)) {
            return Optional.empty();
        }
        Resolver resolver = catalog.resolver();
        TemplateNode value = output.node("Value").orElseThrow(() -> output.missing("Value"));
        Optional<String> export = output.object("Export")
                .map(object -> resolver.text(object.node("Name").orElseThrow(() -> object.missing("Name"))));
        return Optional.of(new StackOutput(name, urls.local(resolver.text(value)), output.text("Description"), export));
    }
}
