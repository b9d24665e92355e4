package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.control.Firing;
import dev.ingestkit.local.eventbridge.EventBridgeService;
import dev.ingestkit.local.eventbridge.Rule;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.template.spec.RuleSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.Optional;

/** The schedules and rules of a stack by their logical ids, and all rules by their names. Thread-safe. */
public record StackRules(Stack stack, EventBridgeService buses) implements Firing {

    public StackRules {
        requireNonNull(stack, "stack");
        requireNonNull(buses, "buses");
    }

    @Override
    public List<String> names() {
        return buses.rules().stream().map(this::shown).toList();
    }

    /** Returns a rule's logical id, or its name if it is not the template's. */
    private String shown(Rule rule) {
        return stack.events().rules().stream()
                .filter(spec -> spec.arn().equals(rule.arn()))
                .map(RuleSpec::logicalId)
                .findFirst()
                .orElse(rule.name());
    }

    @Override
    public ObjectNode fire(String name, Optional<ObjectNode> event) {
        Rule rule = buses.rules().stream()
                .filter(each -> shown(each).equals(name) || each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        names().isEmpty()
                                ? "the stack has no schedules and no rules"
                                : "'%s' is not a schedule or rule of the stack; known are %s"
                                        .formatted(name, String.join(", ", names()))));
        ObjectNode sent = buses.fire(rule, event);
        ObjectNode answer = Json.mapper().createObjectNode().put("name", rule.name());
        ArrayNode targets = answer.putArray("targets");
        rule.targets().forEach(target -> targets.add(target.arn()));
        answer.set("event", sent);
        return answer;
    }
}
