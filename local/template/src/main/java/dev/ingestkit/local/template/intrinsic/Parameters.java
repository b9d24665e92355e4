package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.spec.StackParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The template's parameters with their values: the given value, else the default. Immutable. */
public final class Parameters {

    private final Map<String, TemplateNode> values;
    private final List<StackParameter> shown;
    private final Map<String, Problem> lookUps;

    private Parameters(Map<String, TemplateNode> values, List<StackParameter> shown, Map<String, Problem> lookUps) {
        this.values = values;
        this.shown = List.copyOf(shown);
        this.lookUps = lookUps;
    }

    /**
     * Reads the parameters and checks their values.
     *
     * @param section {@code Parameters} of the template
     * @param given values by name that replace defaults
     */
    public static Parameters of(TemplateNode.Mapping section, Map<String, String> given) {
        Problems problems = new Problems();
        Map<String, TemplateNode> values = new LinkedHashMap<>();
        List<StackParameter> shown = new ArrayList<>();
        Map<String, Problem> lookUps = new LinkedHashMap<>();
        Set<String> declared = section.entries().keySet();
        given.keySet().stream()
                .filter(name -> !declared.contains(name))
                .sorted()
                .forEach(unknown -> problems.add(new Problem(
                        section.at(),
                        "'%s' is not a parameter; %s".formatted(unknown, Suggestion.of(unknown, declared)))));
        section.entries()
                .forEach((name, node) -> problems.collect(() -> {
                    ParameterDeclaration declaration = ParameterDeclaration.of(name, node);
                    String text = Optional.ofNullable(given.get(name))
                            .or(declaration::defaultText)
                            .orElseThrow(() -> missing(declaration));
                    values.put(name, declaration.value(text));
                    shown.add(new StackParameter(name, text, declaration.noEcho()));
                    if (declaration.isLookedUp()) {
                        lookUps.put(
                                name,
                                new Problem(
                                        declaration.at(),
                                        "Parameter Store is not available locally; '%s' is used as the value itself"
                                                .formatted(text)));
                    }
                }));
        problems.throwIfAny();
        return new Parameters(values, shown, lookUps);
    }

    public Optional<TemplateNode> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * Returns the warning about a parameter whose value AWS would look up; empty if AWS would take the value itself.
     */
    Optional<Problem> lookUp(String name) {
        return Optional.ofNullable(lookUps.get(name));
    }

    public Set<String> names() {
        return values.keySet();
    }

    public List<StackParameter> shown() {
        return shown;
    }

    @Override
    public String toString() {
        return shown.stream().map(StackParameter::toString).collect(Collectors.joining(", "));
    }

    private static TemplateException missing(ParameterDeclaration declaration) {
        return TemplateException.at(
                declaration.at(),
                "the parameter %s has no default and no value was given; give one with --parameter %s=VALUE",
                declaration.name(),
                declaration.name());
    }
}
