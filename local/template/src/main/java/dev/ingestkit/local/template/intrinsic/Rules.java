package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The section {@code Rules}: assertions about parameters, checked before anything is created. */
public final class Rules {

    private final Resolver resolver;

    /** @param resolver knows parameters only */
    public Rules(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Checks all rules.
     *
     * @param problems collects assertions that do not hold
     */
    public void check(TemplateNode.Mapping section, Problems problems) {
        section.entries().forEach((name, node) -> problems.collect(() -> rule(name, Properties.of(node), problems)));
    }

    private void rule(String name, Properties rule, Problems problems) {
        Optional<TemplateNode> condition = rule.node("RuleCondition");
        if (condition.isPresent() && !holds(condition.get())) {
            return;
        }
        for (TemplateNode node : rule.list("Assertions")) {
            Properties assertion = Properties.of(node);
            TemplateNode asserted = assertion.node("Assert").orElseThrow(() -> assertion.missing("Assert"));
            if (!holds(asserted)) {
                problems.add(new Problem(
                        asserted.at(),
                        "the rule %s is violated: %s"
                                .formatted(
                                        name,
                                        assertion.text("AssertDescription").orElse("its assertion does not hold"))));
            }
        }
    }

    private boolean holds(TemplateNode node) {
        if (!(node instanceof TemplateNode.Call call)
                || !(call.argument() instanceof TemplateNode.Sequence arguments)) {
            throw TemplateException.at(
                    node.at(), "an assertion is a rule-specific function, found %s", node.description());
        }
        List<TemplateNode> items = arguments.items();
        return switch (call.function()) {
            case "Fn::Not" -> !holds(item(call, items, 0));
            case "Fn::And" -> items.stream().allMatch(this::holds);
            case "Fn::Or" -> items.stream().anyMatch(this::holds);
            case "Fn::Equals" -> text(item(call, items, 0)).equals(text(item(call, items, 1)));
            case "Fn::Contains" -> texts(item(call, items, 0)).contains(text(item(call, items, 1)));
            case "Fn::EachMemberEquals" -> {
                String wanted = text(item(call, items, 1));
                yield texts(item(call, items, 0)).stream().allMatch(wanted::equals);
            }
            case "Fn::EachMemberIn" -> texts(item(call, items, 1)).containsAll(texts(item(call, items, 0)));
            default ->
                throw TemplateException.at(call.at(), "the function %s cannot be checked in a rule", call.function());
        };
    }

    private static TemplateNode item(TemplateNode.Call call, List<TemplateNode> items, int index) {
        if (index >= items.size()) {
            throw TemplateException.at(call.at(), "%s needs more arguments", call.function());
        }
        return items.get(index);
    }

    private String text(TemplateNode node) {
        return resolver.text(node);
    }

    private List<String> texts(TemplateNode node) {
        List<String> texts = new ArrayList<>();
        if (resolver.required(node) instanceof TemplateNode.Sequence list) {
            list.items().forEach(item -> texts.add(Properties.text(item)));
        } else {
            throw TemplateException.at(node.at(), "must be a list");
        }
        return texts;
    }
}
