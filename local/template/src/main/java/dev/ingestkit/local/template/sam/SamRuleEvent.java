package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events of the types Schedule, ScheduleV2, EventBridgeRule and CloudWatchEvent: a rule whose target is the function. */
final class SamRuleEvent {

    private static final Set<String> SCHEDULE = Set.of(
            "Schedule",
            "Enabled",
            "State",
            "Name",
            "Description",
            "Input",
            "DeadLetterConfig",
            "RetryPolicy",
            "RoleArn");
    private static final Set<String> RULE = Set.of(
            "Pattern",
            "EventBusName",
            "Enabled",
            "State",
            "RuleName",
            "Input",
            "InputPath",
            "InputTransformer",
            "Target",
            "DeadLetterConfig",
            "RetryPolicy");
    private static final Set<String> SCHEDULE_V2 = Set.of(
            "ScheduleExpression",
            "ScheduleExpressionTimezone",
            "FlexibleTimeWindow",
            "StartDate",
            "EndDate",
            "State",
            "Name",
            "OmitName",
            "GroupName",
            "Description",
            "Input",
            "RoleArn",
            "PermissionsBoundary",
            "KmsKeyArn",
            "RetryPolicy",
            "DeadLetterConfig");

    private SamRuleEvent() {}

    static void schedule(SamEvent event) {
        event.requireKnown(SCHEDULE);
        Map<String, TemplateNode> rule = new LinkedHashMap<>();
        copy(event, rule, "Schedule", "ScheduleExpression");
        copy(event, rule, "Name", "Name");
        copy(event, rule, "Description", "Description");
        state(event, rule);
        rule(event, rule);
    }

    static void pattern(SamEvent event) {
        event.requireKnown(RULE);
        Properties properties = event.properties();
        if (properties.node("Pattern").isEmpty()) {
            throw properties.missing("Pattern");
        }
        Map<String, TemplateNode> rule = new LinkedHashMap<>();
        copy(event, rule, "Pattern", "EventPattern");
        copy(event, rule, "EventBusName", "EventBusName");
        copy(event, rule, "RuleName", "Name");
        state(event, rule);
        rule(event, rule);
    }

    static void scheduler(SamEvent event) {
        event.requireKnown(SCHEDULE_V2);
        Nodes nodes = event.nodes();
        Map<String, TemplateNode> schedule = new LinkedHashMap<>();
        for (String name : List.of(
                "ScheduleExpression",
                "ScheduleExpressionTimezone",
                "FlexibleTimeWindow",
                "StartDate",
                "EndDate",
                "State",
                "GroupName",
                "Description",
                "KmsKeyArn")) {
            copy(event, schedule, name, name);
        }
        schedule.putIfAbsent("FlexibleTimeWindow", nodes.map("Mode", nodes.text("OFF")));
        TemplateNode name = event.properties().node("Name").orElse(nodes.text(event.logicalId()));
        if (!event.properties().flag("OmitName").orElse(false)) {
            schedule.put("Name", name);
        }
        Map<String, TemplateNode> target = target(event);
        target.remove("Id");
        target.put("RoleArn", event.properties().node("RoleArn").orElseGet(() -> role(event)));
        schedule.put("Target", new TemplateNode.Mapping(event.declared().at(), target));
        event.add(event.logicalId(), "AWS::Scheduler::Schedule", schedule);
    }

    /** Adds the role by which the schedule invokes the function, and returns its ARN. */
    private static TemplateNode role(SamEvent event) {
        String id = event.logicalId() + "Role";
        event.add(id, "AWS::IAM::Role", Map.of());
        return event.nodes().attribute(id, "Arn");
    }

    private static void state(SamEvent event, Map<String, TemplateNode> rule) {
        copy(event, rule, "State", "State");
        event.properties()
                .flag("Enabled")
                .ifPresent(enabled -> rule.put("State", event.nodes().text(enabled ? "ENABLED" : "DISABLED")));
    }

    private static void rule(SamEvent event, Map<String, TemplateNode> rule) {
        rule.put(
                "Targets",
                event.nodes().list(new TemplateNode.Mapping(event.declared().at(), target(event))));
        event.add(event.logicalId(), "AWS::Events::Rule", rule);
        event.addPermission("", "events.amazonaws.com", event.nodes().attribute(event.logicalId(), "Arn"));
    }

    private static Map<String, TemplateNode> target(SamEvent event) {
        Map<String, TemplateNode> target = new LinkedHashMap<>();
        TemplateNode id = event.properties()
                .object("Target")
                .flatMap(given -> given.node("Id"))
                .orElse(event.nodes().text(event.logicalId() + "LambdaTarget"));
        target.put("Id", id);
        target.put("Arn", SamTopicEvent.functionArn(event, event.target()));
        for (String name : List.of("Input", "InputPath", "InputTransformer", "DeadLetterConfig", "RetryPolicy")) {
            copy(event, target, name, name);
        }
        return target;
    }

    private static void copy(SamEvent event, Map<String, TemplateNode> to, String from, String name) {
        event.properties().node(from).ifPresent(value -> to.put(name, value));
    }
}
