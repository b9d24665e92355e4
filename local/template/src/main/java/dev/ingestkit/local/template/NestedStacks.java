package dev.ingestkit.local.template;

import dev.ingestkit.local.template.api.ApiUrls;
import dev.ingestkit.local.template.intrinsic.Resolver;
import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.NestedOutputs;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.StackOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stacks that a template nests, each laid out when something first refers to it. A template that nests itself is
 * refused. Not thread-safe.
 */
final class NestedStacks implements NestedOutputs {

    static final String TYPE = "AWS::CloudFormation::Stack";

    /** A property that only applications of the AWS CDK have here: the stack's own name. */
    static final String NAME = "StackName";

    private static final int MAX_DEPTH = 10;

    private final TemplateContext parent;
    private final List<Path> above;
    private final Map<String, Optional<StackLayout>> layouts = new HashMap<>();
    private final Map<String, Map<String, String>> outputs = new HashMap<>();
    private final List<ResourceDeclaration> siblings = new ArrayList<>();
    private final Set<String> exporting = new HashSet<>();

    /** @param above the templates that this one is nested in, itself included */
    NestedStacks(TemplateContext parent, List<Path> above) {
        this.parent = parent;
        this.above = List.copyOf(above);
    }

    /** Returns the layout of a nested stack; empty for any other resource, and for a stack that is not run. */
    Optional<StackLayout> of(Resource resource) {
        return resource.type().equals(TYPE)
                ? layout(
                        resource.declared(),
                        resource.properties(),
                        resource.declared().at())
                : Optional.empty();
    }

    @Override
    public Optional<String> output(ResourceDeclaration stack, String name, Resolver resolver, Location at) {
        Optional<StackLayout> layout = layout(stack, new Properties(resolver.mapping(stack.properties())), stack.at());
        if (layout.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = outputs.computeIfAbsent(stack.logicalId(), id -> outputs(layout.get()));
        String value = values.get(name);
        if (value == null) {
            throw TemplateException.at(
                    at,
                    "the nested stack %s has no output %s; %s",
                    stack.logicalId(),
                    name,
                    Suggestion.of(name, values.keySet()));
        }
        return Optional.of(value);
    }

    private static Map<String, String> outputs(StackLayout layout) {
        Map<String, String> values = new LinkedHashMap<>();
        read(layout).forEach(output -> values.put(output.name(), output.value()));
        return values;
    }

    private static List<StackOutput> read(StackLayout layout) {
        Problems problems = new Problems();
        List<StackOutput> outputs =
                layout.outputs(new ApiUrls(layout.names(), List.of())).read(problems);
        problems.throwIfAny();
        return outputs;
    }

    /** Adds the stacks of an application, which may import from each other. */
    void declare(List<ResourceDeclaration> declared) {
        declared.stream()
                .filter(resource ->
                        resource.type().equals(TYPE) && resource.properties().has(NAME))
                .forEach(siblings::add);
    }

    /** Returns the stacks of an application. */
    List<StackLayout> application() {
        return siblings.stream()
                .flatMap(stack -> layout(stack, new Properties(stack.properties()), stack.at()).stream())
                .toList();
    }

    /** Returns a value that one of the stacks exports; a stack whose outputs are being read exports nothing yet. */
    private Optional<String> exported(String name) {
        for (ResourceDeclaration stack : siblings) {
            if (exporting.add(stack.logicalId())) {
                try {
                    Optional<String> value = exported(stack, name);
                    if (value.isPresent()) {
                        return value;
                    }
                } finally {
                    exporting.remove(stack.logicalId());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> exported(ResourceDeclaration stack, String name) {
        return layout(stack, new Properties(stack.properties()), stack.at()).stream()
                .flatMap(layout -> read(layout).stream())
                .filter(output -> output.exportName().equals(Optional.of(name)))
                .map(StackOutput::value)
                .findFirst();
    }

    private Optional<StackLayout> layout(ResourceDeclaration stack, Properties properties, Location at) {
        Optional<StackLayout> known = layouts.get(stack.logicalId());
        if (known == null) {
            known = create(stack, properties, at);
            layouts.put(stack.logicalId(), known);
        }
        return known;
    }

    private Optional<StackLayout> create(ResourceDeclaration stack, Properties properties, Location at) {
        String url = properties.requiredText("TemplateURL");
        Optional<Path> file = parent.assets().file(url).or(() -> local(url, at));
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            parent.warn(
                    at,
                    "the nested stack %s is not run: '%s' is not a file on this machine"
                            .formatted(stack.logicalId(), url));
            return Optional.empty();
        }
        Path path = file.get().toAbsolutePath().normalize();
        if (above.contains(path) || above.size() >= MAX_DEPTH) {
            throw TemplateException.at(at, "the nested template %s nests itself or too many others", url);
        }
        List<Path> inner = new ArrayList<>(above);
        inner.add(path);
        Template template = Template.read(path);
        template.warnings().forEach(parent::warn);
        RuntimeNames names = properties
                .text(NAME)
                .map(parent.names()::withStackName)
                .orElseGet(() -> parent.names().nested(stack.logicalId()));
        TemplateContext context = template.context(names, parent);
        if (properties.node(NAME).isPresent()) {
            context.importFrom(this::exported);
        }
        return Optional.of(
                new StackLayout(template, context, parameters(properties), new NestedStacks(context, inner)));
    }

    private Optional<Path> local(String url, Location at) {
        return url.matches("[a-z0-9]+://.*") ? Optional.empty() : Optional.of(parent.path(url, at));
    }

    /** Returns the given parameters; a list is passed on with commas between its elements. */
    private static Map<String, String> parameters(Properties properties) {
        Map<String, String> values = new LinkedHashMap<>();
        properties
                .object("Parameters")
                .ifPresent(given -> given.node().entries().forEach((name, value) -> {
                    if (value instanceof TemplateNode.Sequence list) {
                        values.put(
                                name,
                                String.join(
                                        ",",
                                        list.items().stream()
                                                .map(Properties::text)
                                                .toList()));
                    } else {
                        values.put(name, Properties.text(value));
                    }
                }));
        return values;
    }
}
