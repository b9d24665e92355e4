package dev.ingestkit.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.Constraints;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions on buses, rules and targets. Thread-safe. */
final class RuleActions {

    private final RuleStore store;
    private final RuleRunner runner;

    RuleActions(RuleStore store, RuleRunner runner) {
        this.store = store;
        this.runner = runner;
    }

    JsonNode createEventBus(ServiceRequest request) {
        String name = required(AwsInput.of(request), "Name");
        if (store.buses().contains(name)) {
            throw ServiceException.badRequest(
                    "ResourceAlreadyExistsException", "Event bus %s already exists.".formatted(name));
        }
        store.addBus(name);
        return AwsOutput.object().put("EventBusArn", store.busArn(name));
    }

    JsonNode deleteEventBus(ServiceRequest request) {
        store.removeBus(required(AwsInput.of(request), "Name"));
        return AwsOutput.object();
    }

    JsonNode listEventBuses(ServiceRequest request) {
        String prefix = AwsInput.of(request).string("NamePrefix").orElse("");
        ObjectNode output = AwsOutput.object();
        ArrayNode buses = output.putArray("EventBuses");
        store.buses().stream()
                .filter(bus -> bus.startsWith(prefix))
                .forEach(bus -> buses.addObject().put("Name", bus).put("Arn", store.busArn(bus)));
        return output;
    }

    JsonNode describeEventBus(ServiceRequest request) {
        String bus = RuleStore.busName(AwsInput.of(request).string("Name").orElse(RuleStore.DEFAULT_BUS));
        store.requireBus(bus);
        return AwsOutput.object().put("Name", bus).put("Arn", store.busArn(bus));
    }

    JsonNode putRule(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        String name = required(input, "Name");
        String bus = bus(input);
        store.requireBus(bus);
        Optional<String> pattern = input.string("EventPattern");
        pattern.ifPresent(EventActions::checkPattern);
        Optional<Schedule> schedule = input.string("ScheduleExpression").map(RuleActions::schedule);
        if (pattern.isEmpty() && schedule.isEmpty()) {
            throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }
        if (schedule.isPresent() && !bus.equals(RuleStore.DEFAULT_BUS)) {
            throw invalid("ScheduleExpression is supported only on the default event bus.");
        }
        String arn = store.ruleArn(bus, name);
        List<Target> targets = store.byArn(arn).map(Rule::targets).orElse(List.of());
        boolean enabled = !input.string("State").orElse("ENABLED").equals("DISABLED");
        runner.put(new Rule(name, arn, bus, input.string("Description"), pattern, schedule, enabled, targets));
        return AwsOutput.object().put("RuleArn", arn);
    }

    private static Schedule schedule(String expression) {
        try {
            return Schedule.ofRule(expression);
        } catch (IllegalArgumentException rejected) {
            throw invalid("Parameter ScheduleExpression is not valid.");
        }
    }

    JsonNode deleteRule(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        String arn = store.ruleArn(bus(input), required(input, "Name"));
        if (store.byArn(arn).filter(rule -> !rule.targets().isEmpty()).isPresent()) {
            throw invalid("Rule can't be deleted since it has targets.");
        }
        store.remove(arn);
        return AwsOutput.object();
    }

    JsonNode enableRule(ServiceRequest request) {
        return enabled(request, true);
    }

    JsonNode disableRule(ServiceRequest request) {
        return enabled(request, false);
    }

    private JsonNode enabled(ServiceRequest request, boolean value) {
        AwsInput input = AwsInput.of(request);
        store.put(store.rule(bus(input), required(input, "Name")).withEnabled(value));
        return AwsOutput.object();
    }

    JsonNode listRules(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        String prefix = input.string("NamePrefix").orElse("");
        ObjectNode output = AwsOutput.object();
        ArrayNode rules = output.putArray("Rules");
        store.rulesOf(bus(input)).stream()
                .filter(rule -> rule.name().startsWith(prefix))
                .forEach(rule -> rules.add(described(rule)));
        return output;
    }

    JsonNode describeRule(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        return described(store.rule(bus(input), required(input, "Name")));
    }

    private static ObjectNode described(Rule rule) {
        ObjectNode node = AwsOutput.object()
                .put("Name", rule.name())
                .put("Arn", rule.arn())
                .put("State", rule.enabled() ? "ENABLED" : "DISABLED")
                .put("EventBusName", rule.bus());
        rule.description().ifPresent(description -> node.put("Description", description));
        rule.pattern().ifPresent(pattern -> node.put("EventPattern", pattern));
        rule.schedule().ifPresent(schedule -> node.put("ScheduleExpression", schedule.text()));
        return node;
    }

    JsonNode putTargets(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Rule rule = store.rule(bus(input), required(input, "Rule"));
        Map<String, Target> targets = new LinkedHashMap<>();
        rule.targets().forEach(target -> targets.put(target.id(), target));
        for (AwsInput target : input.objects("Targets")) {
            targets.put(required(target, "Id"), target(target));
        }
        store.put(rule.withTargets(List.copyOf(targets.values())));
        return none();
    }

    private static ObjectNode none() {
        ObjectNode output = AwsOutput.object().put("FailedEntryCount", 0);
        output.putArray("FailedEntries");
        return output;
    }

    private static Target target(AwsInput input) {
        Map<String, String> parameters = new LinkedHashMap<>();
        input.object("SqsParameters")
                .flatMap(sqs -> sqs.string("MessageGroupId"))
                .ifPresent(group -> parameters.put("MessageGroupId", group));
        input.object("KinesisParameters")
                .flatMap(kinesis -> kinesis.string("PartitionKeyPath"))
                .ifPresent(path -> parameters.put("PartitionKeyPath", path));
        try {
            return new Target(required(input, "Id"), required(input, "Arn"), form(input), parameters);
        } catch (IllegalArgumentException rejected) {
            throw invalid(String.valueOf(rejected.getMessage()));
        }
    }

    private static TargetInput form(AwsInput input) {
        if (input.has("Input")) {
            return TargetInput.constant(required(input, "Input"));
        }
        if (input.has("InputPath")) {
            return TargetInput.path(required(input, "InputPath"));
        }
        return input.object("InputTransformer")
                .map(transformer -> {
                    Map<String, String> paths = new LinkedHashMap<>();
                    transformer
                            .object("InputPathsMap")
                            .map(AwsInput::node)
                            .ifPresent(map -> map.properties()
                                    .forEach(entry -> paths.put(
                                            entry.getKey(), entry.getValue().asText())));
                    return TargetInput.template(paths, required(transformer, "InputTemplate"));
                })
                .orElseGet(TargetInput::event);
    }

    JsonNode removeTargets(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Rule rule = store.rule(bus(input), required(input, "Rule"));
        List<Target> left = new ArrayList<>(rule.targets());
        left.removeIf(target -> input.strings("Ids").contains(target.id()));
        store.put(rule.withTargets(left));
        return none();
    }

    JsonNode listTargetsByRule(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        ObjectNode output = AwsOutput.object();
        ArrayNode targets = output.putArray("Targets");
        store.rule(bus(input), required(input, "Rule"))
                .targets()
                .forEach(target -> targets.addObject().put("Id", target.id()).put("Arn", target.arn()));
        return output;
    }

    private static String bus(AwsInput input) {
        return RuleStore.busName(input.string("EventBusName").orElse(RuleStore.DEFAULT_BUS));
    }

    private static String required(AwsInput input, String name) {
        Optional<String> value = input.string(name);
        new Constraints().required(name, value.isPresent()).check();
        return value.orElseThrow();
    }

    private static ServiceException invalid(String message) {
        return ServiceException.badRequest("ValidationException", message);
    }
}
