package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The template's {@code Conditions}, each evaluated once. Conditions can refer to parameters, not to resources. Not
 * thread-safe.
 */
public final class Conditions implements Scope {

    private final TemplateNode.Mapping section;
    private final Parameters parameters;
    private final TemplateContext context;
    private final Resolver resolver;
    private final Map<String, Boolean> known = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    public Conditions(TemplateNode.Mapping section, Parameters parameters, TemplateContext context) {
        this.section = section;
        this.parameters = parameters;
        this.context = context;
        this.resolver = new Resolver(this, context);
    }

    /** Evaluates every condition, used or not, so that a broken one is reported. */
    public void check(Problems problems) {
        section.entries().forEach((name, node) -> problems.collect(() -> condition(name, node.at())));
    }

    /** Returns a resolver for nodes that may refer to parameters only. */
    public Resolver resolver() {
        return resolver;
    }

    /** Returns a condition. YAML 1.1 reads a bare No where a condition is named as false, but the name itself as text. */
    private @Nullable TemplateNode named(String name) {
        TemplateNode node = section.get(name);
        String words = name.equals("false") ? "(?i)no|off" : name.equals("true") ? "(?i)yes|on" : "";
        if (node != null || words.isEmpty()) {
            return node;
        }
        return section.entries().entrySet().stream()
                .filter(declared -> declared.getKey().matches(words))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean condition(String name, Location at) {
        Boolean value = known.get(name);
        if (value != null) {
            return value;
        }
        TemplateNode node = named(name);
        if (node == null) {
            throw TemplateException.at(
                    at,
                    "'%s' is not a condition; %s",
                    name,
                    Suggestion.of(name, section.entries().keySet()));
        }
        if (open.contains(name)) {
            throw TemplateException.at(node.at(), "the condition %s depends on itself", name);
        }
        open.push(name);
        try {
            boolean result = holds(node);
            known.put(name, result);
            return result;
        } finally {
            open.pop();
        }
    }

    @Override
    public Optional<TemplateNode> reference(String name, Location at) {
        if (name.equals("AWS::NoValue")) {
            return Optional.empty();
        }
        if (name.equals("AWS::NotificationARNs")) {
            return Optional.of(new TemplateNode.Sequence(at, List.of()));
        }
        String pseudo = context.names().pseudoParameters().get(name);
        if (pseudo != null) {
            return Optional.of(TemplateNode.Scalar.text(at, pseudo));
        }
        parameters.lookUp(name).ifPresent(context::warn);
        return Optional.of(parameters
                .value(name)
                .orElseThrow(() -> TemplateException.at(
                        at, "'%s' is not a parameter; %s", name, Suggestion.of(name, parameters.names()))));
    }

    @Override
    public TemplateNode attribute(String resource, String attribute, Location at) {
        throw TemplateException.at(at, "%s.%s: attributes of resources are not known here", resource, attribute);
    }

    private boolean holds(TemplateNode node) {
        if (node instanceof TemplateNode.Mapping mapping && mapping.entries().size() == 1 && mapping.has("Condition")) {
            return condition(new Properties(mapping).requiredText("Condition"), mapping.at());
        }
        if (!(node instanceof TemplateNode.Call call)) {
            throw TemplateException.at(
                    node.at(),
                    "a condition is one of Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition; found %s",
                    node.description());
        }
        return switch (call.function()) {
            case "Condition" -> condition(Properties.text(call.argument()), call.at());
            case "Fn::Equals" -> {
                List<TemplateNode> sides = operands(call, 2, 2);
                yield comparable(sides.get(0)).equals(comparable(sides.get(1)));
            }
            case "Fn::Not" -> !holds(operands(call, 1, 1).get(0));
            case "Fn::And" -> operands(call, 2, 10).stream().allMatch(this::holds);
            case "Fn::Or" -> operands(call, 2, 10).stream().anyMatch(this::holds);
            default -> throw TemplateException.at(call.at(), "%s is not a condition", call.function());
        };
    }

    private String comparable(TemplateNode node) {
        TemplateNode value = resolver.required(node);
        return value instanceof TemplateNode.Scalar scalar
                ? scalar.text()
                : value.json().toString();
    }

    private static List<TemplateNode> operands(TemplateNode.Call call, int minimum, int maximum) {
        if (call.argument() instanceof TemplateNode.Sequence sequence
                && sequence.items().size() >= minimum
                && sequence.items().size() <= maximum) {
            return sequence.items();
        }
        throw TemplateException.at(
                call.at(),
                minimum == maximum ? "%s needs a list of %d" : "%s needs a list of %d to %d",
                call.function(),
                minimum,
                maximum);
    }
}
