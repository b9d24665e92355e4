package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of events that SAM's functions have, and the resources that each of them becomes. */
final class SamEvents {

    /** Generates the resources of an event. */
    @FunctionalInterface
    interface Expansion {
        void of(SamEvent event);
    }

    private static final Set<String> STREAM_PROPERTIES = Set.of(
            "Stream",
            "BatchSize",
            "BisectBatchOnFunctionError",
            "DestinationConfig",
            "Enabled",
            "FilterCriteria",
            "FunctionResponseTypes",
            "KmsKeyArn",
            "MaximumBatchingWindowInSeconds",
            "MaximumRecordAgeInSeconds",
            "MaximumRetryAttempts",
            "MetricsConfig",
            "ParallelizationFactor",
            "StartingPosition",
            "StartingPositionTimestamp",
            "TumblingWindowInSeconds");

    private static final Set<String> QUEUE_PROPERTIES = Set.of(
            "Queue",
            "BatchSize",
            "Enabled",
            "FilterCriteria",
            "FunctionResponseTypes",
            "KmsKeyArn",
            "MaximumBatchingWindowInSeconds",
            "MetricsConfig",
            "ProvisionedPollerConfig",
            "ScalingConfig");

    private static final Map<String, Expansion> EXPANSIONS = Map.of(
            "Kinesis",
            event -> mapping(event, "Stream", STREAM_PROPERTIES),
            "DynamoDB",
            event -> mapping(event, "Stream", STREAM_PROPERTIES),
            "SQS",
            event -> mapping(event, "Queue", QUEUE_PROPERTIES),
            "SNS",
            SamTopicEvent::expand,
            "Schedule",
            SamRuleEvent::schedule,
            "ScheduleV2",
            SamRuleEvent::scheduler,
            "EventBridgeRule",
            SamRuleEvent::pattern,
            "CloudWatchEvent",
            SamRuleEvent::pattern,
            "Api",
            SamApiEvent::expand,
            "HttpApi",
            SamHttpApiEvent::expand);

    /** The types that SAM knows beside these. */
    private static final Set<String> NOT_RUN = Set.of(
            "AlexaSkill", "CloudWatchLogs", "Cognito", "DocumentDB", "IoTRule", "MQ", "MSK", "S3", "SelfManagedKafka");

    private SamEvents() {}

    /**
     * Generates the resources of a function's events.
     *
     * @param target the function or alias that the events invoke
     */
    static void expand(SamTransform transform, ResourceDeclaration function, TemplateNode target) {
        TemplateNode events = function.properties().get("Events");
        if (events == null) {
            return;
        }
        Properties.of(events).node().entries().forEach((name, node) -> {
            SamEvent event = new SamEvent(transform, function, name, Properties.of(node), target);
            SamPropertyTypes.check(event);
            Expansion expansion = EXPANSIONS.get(event.type());
            if (expansion == null && !NOT_RUN.contains(event.type())) {
                throw event.refused("Resource dict has missing or invalid value for key Type. Event Type is: %s."
                        .formatted(event.type()));
            }
            if (expansion == null) {
                transform.warn(
                        event.declared().at(),
                        "events of type %s are not run locally; the event %s of %s invokes nothing"
                                .formatted(event.type(), name, function.logicalId()));
            } else {
                expansion.of(event);
            }
        });
    }

    /** @param source the property that names the event source */
    private static void mapping(SamEvent event, String source, Set<String> known) {
        event.requireKnown(known);
        Properties declared = event.declared().requiredObject("Properties");
        Map<String, TemplateNode> properties = new LinkedHashMap<>();
        properties.put("FunctionName", event.target());
        declared.node()
                .entries()
                .forEach((property, value) -> properties.put(
                        property.equals(source) ? "EventSourceArn" : property, carried(event, property, value)));
        if (!properties.containsKey("EventSourceArn")) {
            throw declared.missing(source);
        }
        event.add(event.logicalId(), "AWS::Lambda::EventSourceMapping", properties);
    }

    /** Returns a property without the kind of the destination, which only the permission uses. */
    private static TemplateNode carried(SamEvent event, String property, TemplateNode value) {
        if (!property.equals("DestinationConfig") || isEmpty(value)) {
            return value;
        }
        TemplateNode failure = value instanceof TemplateNode.Mapping given ? given.get("OnFailure") : null;
        if (failure instanceof TemplateNode.Call) {
            return value;
        }
        if (!(value instanceof TemplateNode.Mapping config) || !(failure instanceof TemplateNode.Mapping destination)) {
            throw TemplateException.at(
                    value.at(),
                    "Resource with id [%s] is invalid. Event with id [%s] is invalid. Property"
                            + " 'DestinationConfig.OnFailure' should be a map.",
                    event.function().logicalId(),
                    event.logicalId());
        }
        if (destination.has("Type") && !destination.has("Destination")) {
            throw new Properties(destination).missing("Destination");
        }
        Map<String, TemplateNode> plain = new LinkedHashMap<>(destination.entries());
        Optional.ofNullable(plain.remove("Type")).ifPresent(type -> SamWords.checkMappingDestination(event, type));
        return config.with("OnFailure", new TemplateNode.Mapping(destination.at(), plain));
    }

    private static boolean isEmpty(TemplateNode value) {
        if (value instanceof TemplateNode.Scalar scalar) {
            return scalar.isNull();
        }
        return value instanceof TemplateNode.Mapping map && map.entries().isEmpty();
    }
}
