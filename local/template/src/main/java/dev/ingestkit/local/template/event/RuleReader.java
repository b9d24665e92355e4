package dev.ingestkit.local.template.event;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.RuleSpec;
import dev.ingestkit.local.time.ScheduleExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads rules, schedules and buses. A target that is not run gets a warning. */
public record RuleReader(ResourceReader views, List<FunctionSpec> functions) {

    private static final String DEFAULT_BUS = "default";
    private static final Set<String> SERVICES = Set.of("lambda", "sqs", "sns", "kinesis", "events");

    /** Returns the names of the stack's buses. */
    public List<String> buses() {
        return views.of("AWS::Events::EventBus", Resource::name);
    }

    /** Returns the rules, then the schedules, in the template's order. */
    public List<RuleSpec> rules() {
        List<RuleSpec> rules = new ArrayList<>(views.of("AWS::Events::Rule", this::rule));
        rules.addAll(views.of("AWS::Scheduler::Schedule", this::schedule));
        return rules;
    }

    private RuleSpec rule(Resource resource) {
        Properties properties = resource.properties();
        String bus = properties.text("EventBusName").orElse(DEFAULT_BUS);
        Optional<String> pattern = properties.json("EventPattern").map(Object::toString);
        Optional<RuleSpec.Times> times = properties
                .node("ScheduleExpression")
                .map(node -> new RuleSpec.Times(
                        expression(node, ScheduleExpression::parseRule), "UTC", Optional.empty(), Optional.empty()));
        if (pattern.isEmpty() && times.isEmpty()) {
            throw TemplateException.at(
                    resource.declared().at(), "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }
        List<RuleSpec.Target> targets = new ArrayList<>();
        for (TemplateNode node : properties.list("Targets")) {
            target(resource, Properties.of(node), targets);
        }
        return new RuleSpec(
                resource.logicalId(),
                resource.name(),
                resource.attribute("Arn"),
                bus.substring(bus.lastIndexOf('/') + 1),
                pattern,
                times,
                enabled(properties),
                targets);
    }

    private RuleSpec schedule(Resource resource) {
        Properties properties = resource.properties();
        String zone = properties.text("ScheduleExpressionTimezone").orElse("UTC");
        TemplateNode expression =
                properties.node("ScheduleExpression").orElseThrow(() -> properties.missing("ScheduleExpression"));
        ZoneId zoneId = zone(properties, zone);
        RuleSpec.Times times = new RuleSpec.Times(
                expression(expression, text -> ScheduleExpression.parse(text, zoneId)),
                zone,
                time(properties, "StartDate"),
                time(properties, "EndDate"));
        List<RuleSpec.Target> targets = new ArrayList<>();
        target(resource, properties.requiredObject("Target"), targets);
        return new RuleSpec(
                resource.logicalId(),
                resource.name(),
                resource.attribute("Arn"),
                DEFAULT_BUS,
                Optional.empty(),
                Optional.of(times),
                enabled(properties),
                targets);
    }

    private static boolean enabled(Properties properties) {
        return !properties.text("State").orElse("ENABLED").equals("DISABLED");
    }

    private static ZoneId zone(Properties properties, String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw TemplateException.at(
                    properties.node("ScheduleExpressionTimezone").orElseThrow().at(),
                    "Invalid ScheduleExpressionTimezone: %s is not a time zone",
                    name);
        }
    }

    private static String expression(TemplateNode node, Function<String, ScheduleExpression> reader) {
        try {
            var unused = reader.apply(Properties.text(node));
            return Properties.text(node);
        } catch (IllegalArgumentException rejected) {
            throw TemplateException.at(
                    node.at(), "Parameter ScheduleExpression is not valid: %s", String.valueOf(rejected.getMessage()));
        }
    }

    private static Optional<Instant> time(Properties properties, String name) {
        return properties.node(name).map(node -> {
            try {
                return Instant.parse(Properties.text(node).replaceFirst("(\\d)$", "$1Z"));
            } catch (DateTimeException malformed) {
                throw TemplateException.at(
                        node.at(), "must be a time such as 2026-11-30T12:00:00Z, found %s", Properties.text(node));
            }
        });
    }

    private void target(Resource owner, Properties target, List<RuleSpec.Target> targets) {
        String arn = target.requiredText("Arn");
        Optional<String> obstacle = obstacle(arn);
        if (obstacle.isPresent()) {
            warn(owner, target.at(), obstacle.get());
            return;
        }
        for (String name : List.of("DeadLetterConfig", "RetryPolicy")) {
            target.node(name)
                    .ifPresent(node ->
                            views.warn(node.at(), "the property %s of a target is not run locally".formatted(name)));
        }
        targets.add(new RuleSpec.Target(
                target.text("Id").orElse(owner.logicalId()), arn, input(target), parameters(target)));
    }

    private void warn(Resource owner, Location at, String reason) {
        views.warn(at, "a target of %s is not run: %s".formatted(owner.logicalId(), reason));
    }

    private Optional<String> obstacle(String arn) {
        String service = Arn.tryParse(arn).map(Arn::service).orElse("");
        if (!SERVICES.contains(service)) {
            return Optional.of("%s is not a function, queue, topic, stream or bus".formatted(arn));
        }
        return service.equals("lambda") && functions.stream().noneMatch(function -> function.isNamed(arn))
                ? Optional.of("its function %s is not run".formatted(arn))
                : Optional.empty();
    }

    private static RuleSpec.Input input(Properties target) {
        Optional<Properties> transformer = target.object("InputTransformer");
        return new RuleSpec.Input(
                target.text("Input"),
                target.text("InputPath"),
                transformer.map(object -> object.textMap("InputPathsMap")).orElse(Map.of()),
                transformer.map(object -> object.requiredText("InputTemplate")));
    }

    private static Map<String, String> parameters(Properties target) {
        Map<String, String> parameters = new LinkedHashMap<>();
        target.object("SqsParameters")
                .flatMap(sqs -> sqs.text("MessageGroupId"))
                .ifPresent(group -> parameters.put("MessageGroupId", group));
        target.object("KinesisParameters").ifPresent(kinesis -> {
            kinesis.text("PartitionKeyPath").ifPresent(path -> parameters.put("PartitionKeyPath", path));
            kinesis.text("PartitionKey").ifPresent(key -> parameters.put("PartitionKey", key));
        });
        return parameters;
    }
}
