package dev.ingestkit.local.template.intrinsic;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Replaces intrinsic functions by their values in one {@link Scope}. Not thread-safe. */
public final class Resolver {

    private final Scope scope;
    private final TemplateContext context;

    public Resolver(Scope scope, TemplateContext context) {
        this.scope = scope;
        this.context = context;
    }

    /** Returns the node without functions; empty for {@code AWS::NoValue}. */
    public Optional<TemplateNode> resolve(TemplateNode node) {
        return switch (node.kind()) {
            case SCALAR -> Optional.of(node);
            case SEQUENCE -> Optional.of(sequence((TemplateNode.Sequence) node));
            case MAPPING -> Optional.of(mapping((TemplateNode.Mapping) node));
            case CALL -> call((TemplateNode.Call) node);
        };
    }

    private TemplateNode sequence(TemplateNode.Sequence sequence) {
        List<TemplateNode> items = new ArrayList<>();
        sequence.items().forEach(item -> resolve(item).ifPresent(items::add));
        return new TemplateNode.Sequence(sequence.at(), items);
    }

    /**
     * Returns the text of a resolved node.
     *
     * @throws TemplateException for {@code AWS::NoValue}, and for anything but a string
     */
    public String text(TemplateNode node) {
        return Properties.text(required(node));
    }

    TemplateNode required(TemplateNode node) {
        return resolve(node).orElseThrow(() -> TemplateException.at(node.at(), "AWS::NoValue is not allowed here"));
    }

    public TemplateNode.Mapping mapping(TemplateNode.Mapping mapping) {
        Map<String, TemplateNode> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> {
            if (key.equals("Fn::Transform")) {
                TemplateNode included = include(value);
                if (!(included instanceof TemplateNode.Mapping more)) {
                    throw TemplateException.at(
                            value.at(), "the included file must hold a map, found %s", included.description());
                }
                entries.putAll(more.entries());
            } else {
                resolve(value).ifPresent(resolved -> entries.put(key, resolved));
            }
        });
        return new TemplateNode.Mapping(mapping.at(), entries);
    }

    private Optional<TemplateNode> call(TemplateNode.Call call) {
        if (call.function().equals("Ref")) {
            return scope.reference(Properties.text(call.argument()), call.at());
        }
        return call.function().equals("Fn::If") ? choice(call) : Optional.of(value(call));
    }

    private TemplateNode value(TemplateNode.Call call) {
        Location at = call.at();
        return switch (call.function()) {
            case "Fn::GetAtt" -> attribute(call);
            case "Fn::Sub" -> TemplateNode.Scalar.text(at, new Substitution(scope, this).of(call));
            case "Fn::Join" -> join(call);
            case "Fn::Select" -> select(call);
            case "Fn::Split" -> split(call);
            case "Fn::FindInMap" -> findInMap(call);
            case "Fn::Base64" ->
                TemplateNode.Scalar.text(
                        at,
                        Base64.getEncoder().encodeToString(text(call.argument()).getBytes(StandardCharsets.UTF_8)));
            case "Fn::GetAZs" -> zones(call);
            case "Fn::Transform" -> include(call.argument());
            case "Fn::ToJsonString" -> {
                context.requireLanguageExtensions(call);
                yield TemplateNode.Scalar.text(
                        at, required(call.argument()).json().toString());
            }
            case "Fn::Length" -> {
                context.requireLanguageExtensions(call);
                yield new TemplateNode.Scalar(
                        at, IntNode.valueOf(list(call.argument()).size()));
            }
            case "Condition", "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" ->
                throw TemplateException.at(
                        at, "%s belongs in Conditions; use Fn::If with the name of a condition here", call.function());
            case "Fn::ImportValue" -> imported(text(call.argument()), at);
            case "Fn::Cidr" -> Cidr.of(call, this);
            default -> throw TemplateException.at(at, "the function %s is not supported", call.function());
        };
    }

    private TemplateNode imported(String export, Location at) {
        Optional<String> imported = context.imported(export);
        if (imported.isEmpty()) {
            context.warn(at, "no stack here exports %s; Fn::ImportValue returns this name itself".formatted(export));
        }
        return TemplateNode.Scalar.text(at, imported.orElse(export));
    }

    private Optional<TemplateNode> choice(TemplateNode.Call call) {
        List<TemplateNode> arguments = arguments(call, 3, 3);
        boolean holds = scope.condition(Properties.text(arguments.get(0)), call.at());
        return resolve(arguments.get(holds ? 1 : 2));
    }

    private TemplateNode attribute(TemplateNode.Call call) {
        if (call.argument() instanceof TemplateNode.Sequence) {
            List<TemplateNode> parts = arguments(call, 2, 2);
            return scope.attribute(Properties.text(parts.get(0)), text(parts.get(1)), call.at());
        }
        String name = Properties.text(call.argument());
        int dot = name.indexOf('.');
        if (dot <= 0) {
            throw TemplateException.at(call.at(), "Fn::GetAtt needs Resource.Attribute, found %s", name);
        }
        return scope.attribute(name.substring(0, dot), name.substring(dot + 1), call.at());
    }

    private TemplateNode join(TemplateNode.Call call) {
        List<TemplateNode> arguments = arguments(call, 2, 2);
        List<String> parts =
                list(arguments.get(1)).stream().map(Properties::text).toList();
        return TemplateNode.Scalar.text(call.at(), String.join(text(arguments.get(0)), parts));
    }

    private TemplateNode select(TemplateNode.Call call) {
        List<TemplateNode> arguments = arguments(call, 2, 2);
        String index = text(arguments.get(0));
        List<TemplateNode> items = list(arguments.get(1));
        if (!index.matches("\\d{1,9}") || Integer.parseInt(index) >= items.size()) {
            throw TemplateException.at(
                    call.at(), "Fn::Select: '%s' is not an index of a list of %d", index, items.size());
        }
        return items.get(Integer.parseInt(index));
    }

    private TemplateNode split(TemplateNode.Call call) {
        List<TemplateNode> arguments = arguments(call, 2, 2);
        String separator = text(arguments.get(0));
        if (separator.isEmpty()) {
            throw TemplateException.at(call.at(), "Fn::Split: the separator is empty");
        }
        List<TemplateNode> parts = new ArrayList<>();
        for (String part : text(arguments.get(1)).split(Pattern.quote(separator), -1)) {
            parts.add(new TemplateNode.Scalar(call.at(), TextNode.valueOf(part)));
        }
        return new TemplateNode.Sequence(call.at(), parts);
    }

    private TemplateNode findInMap(TemplateNode.Call call) {
        List<TemplateNode> arguments = arguments(call, 3, 4);
        String map = text(arguments.get(0));
        String first = text(arguments.get(1));
        String second = text(arguments.get(2));
        Optional<TemplateNode> found = context.mapped(map, first, second);
        if (found.isPresent()) {
            return found.get();
        }
        if (arguments.size() == 4) {
            context.requireLanguageExtensions(call);
            TemplateNode fallback = Properties.of(arguments.get(3)).node().get("DefaultValue");
            if (fallback != null) {
                return required(fallback);
            }
        }
        throw TemplateException.at(call.at(), "Fn::FindInMap: Mappings has no %s / %s / %s", map, first, second);
    }

    private TemplateNode zones(TemplateNode.Call call) {
        String named = text(call.argument());
        String region = named.isEmpty() ? context.names().region() : named;
        List<TemplateNode> zones = new ArrayList<>();
        for (String letter : List.of("a", "b", "c")) {
            zones.add(TemplateNode.Scalar.text(call.at(), region + letter));
        }
        return new TemplateNode.Sequence(call.at(), zones);
    }

    private TemplateNode include(TemplateNode argument) {
        return included(argument, this::required);
    }

    /** Returns the content of an included file with its functions. */
    TemplateNode includeUnresolved(TemplateNode argument) {
        return included(argument, UnaryOperator.identity());
    }

    private TemplateNode included(TemplateNode argument, UnaryOperator<TemplateNode> use) {
        Properties transform = Properties.of(required(argument));
        String name = transform.requiredText("Name");
        if (!name.equals("AWS::Include")) {
            context.warn(argument.at(), "the macro %s is not run locally; its result is missing".formatted(name));
            return TemplateNode.Mapping.empty(argument.at());
        }
        Properties parameters = transform.requiredObject("Parameters");
        return context.including(parameters.requiredText("Location"), argument.at(), use);
    }

    List<TemplateNode> list(TemplateNode node) {
        TemplateNode resolved = required(node);
        if (resolved instanceof TemplateNode.Sequence sequence) {
            return sequence.items();
        }
        throw TemplateException.at(node.at(), "must be a list, found %s", resolved.description());
    }

    static List<TemplateNode> arguments(TemplateNode.Call call, int minimum, int maximum) {
        if (call.argument() instanceof TemplateNode.Sequence sequence
                && sequence.items().size() >= minimum
                && sequence.items().size() <= maximum) {
            return sequence.items();
        }
        throw TemplateException.at(call.at(), "%s needs a list of %d arguments", call.function(), minimum);
    }
}
