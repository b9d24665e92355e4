package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expands what adds entries to a section before anything in it is evaluated: {@code Fn::ForEach} of
 * AWS::LanguageExtensions anywhere, {@code Fn::Transform} with AWS::Include directly in the section. Not thread-safe.
 */
public final class Expansion {

    private static final String LOOP = "Fn::ForEach::";

    /** CloudFormation's limit for the nesting of loops. */
    private static final int MAX_DEPTH = 5;

    /** A loop of loops multiplies; CloudFormation accepts 500 resources. */
    private static final int MAX_ENTRIES = 100_000;

    private final Resolver resolver;
    private final TemplateContext context;
    private int entries;

    /** @param resolver knows parameters and mappings only */
    public Expansion(Resolver resolver, TemplateContext context) {
        this.resolver = resolver;
        this.context = context;
    }

    /** Returns a section without loops and includes. */
    public TemplateNode.Mapping section(TemplateNode.Mapping section) {
        TemplateNode include = section.get("Fn::Transform");
        TemplateNode.Mapping whole = section;
        if (include != null) {
            Map<String, TemplateNode> all = new LinkedHashMap<>(section.entries());
            all.remove("Fn::Transform");
            all.putAll(Properties.of(resolver.includeUnresolved(include)).node().entries());
            whole = new TemplateNode.Mapping(section.at(), all);
        }
        return (TemplateNode.Mapping) expanded(whole, Map.of());
    }

    private TemplateNode expanded(TemplateNode node, Map<String, String> values) {
        return switch (node.kind()) {
            case SCALAR -> scalar((TemplateNode.Scalar) node, values);
            case SEQUENCE ->
                new TemplateNode.Sequence(
                        node.at(),
                        ((TemplateNode.Sequence) node)
                                .items().stream()
                                        .map(item -> expanded(item, values))
                                        .toList());
            case MAPPING -> mapping((TemplateNode.Mapping) node, values);
            case CALL -> call((TemplateNode.Call) node, values);
        };
    }

    private static TemplateNode scalar(TemplateNode.Scalar scalar, Map<String, String> values) {
        return scalar.value().isTextual() && !values.isEmpty()
                ? TemplateNode.Scalar.text(scalar.at(), replaced(scalar.text(), values))
                : scalar;
    }

    private TemplateNode mapping(TemplateNode.Mapping node, Map<String, String> values) {
        Map<String, TemplateNode> made = new LinkedHashMap<>();
        node.entries().forEach((key, value) -> {
            if (key.startsWith(LOOP)) {
                loop(key, value, values, made);
            } else {
                put(replaced(key, values), expanded(value, values), made);
            }
        });
        return new TemplateNode.Mapping(node.at(), made);
    }

    private TemplateNode call(TemplateNode.Call call, Map<String, String> values) {
        if (call.function().equals("Ref") && call.argument() instanceof TemplateNode.Scalar name) {
            String bound = values.get(name.text());
            if (bound != null) {
                return TemplateNode.Scalar.text(call.at(), bound);
            }
        }
        return new TemplateNode.Call(call.at(), call.function(), expanded(call.argument(), values));
    }

    private void loop(String key, TemplateNode loop, Map<String, String> values, Map<String, TemplateNode> into) {
        context.requireLanguageExtensions(new TemplateNode.Call(loop.at(), "Fn::ForEach", loop));
        if (!(loop instanceof TemplateNode.Sequence parts)
                || parts.items().size() != 3
                || !(parts.items().get(2) instanceof TemplateNode.Mapping body)) {
            throw TemplateException.at(
                    loop.at(), "%s needs an identifier, a list of values and a map of what to repeat", key);
        }
        if (values.size() >= MAX_DEPTH) {
            throw TemplateException.at(loop.at(), "Fn::ForEach: loops are nested deeper than %d", MAX_DEPTH);
        }
        String identifier = Properties.text(parts.items().get(0));
        for (String value : collection(parts.items().get(1), values)) {
            Map<String, String> inner = new LinkedHashMap<>(values);
            inner.put(identifier, value);
            TemplateNode.Mapping round = (TemplateNode.Mapping) expanded(body, inner);
            round.entries().forEach((name, node) -> put(name, node, into));
        }
    }

    private void put(String key, TemplateNode value, Map<String, TemplateNode> into) {
        if (++entries > MAX_ENTRIES) {
            throw TemplateException.at(value.at(), "Fn::ForEach expands to more than %d entries", MAX_ENTRIES);
        }
        if (into.putIfAbsent(key, value) != null) {
            throw TemplateException.at(value.at(), "Fn::ForEach: the key %s is generated twice", key);
        }
    }

    private List<String> collection(TemplateNode node, Map<String, String> values) {
        TemplateNode resolved = resolver.required(expanded(node, values));
        if (!(resolved instanceof TemplateNode.Sequence sequence)) {
            throw TemplateException.at(
                    node.at(), "Fn::ForEach: the values must be a list, found %s", resolved.description());
        }
        List<String> texts = new ArrayList<>();
        for (TemplateNode item : sequence.items()) {
            if (item instanceof TemplateNode.Sequence list) {
                list.items().forEach(each -> texts.add(Properties.text(each)));
            } else {
                texts.add(Properties.text(item));
            }
        }
        return texts;
    }

    /** Replaces {@code ${X}} by the value, and {@code &{X}} by its letters and digits. */
    private static String replaced(String text, Map<String, String> values) {
        String made = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            made = made.replace("${" + value.getKey() + "}", value.getValue())
                    .replace("&{" + value.getKey() + "}", value.getValue().replaceAll("[^A-Za-z0-9]", ""));
        }
        return made;
    }
}
