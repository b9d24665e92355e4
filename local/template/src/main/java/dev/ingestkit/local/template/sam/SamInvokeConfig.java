package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The property {@code EventInvokeConfig}: a configuration of its own, with a queue or topic where none is named. */
final class SamInvokeConfig {

    private SamInvokeConfig() {}

    static void expand(SamTransform transform, ResourceDeclaration function) {
        TemplateNode given = function.properties().get("EventInvokeConfig");
        if (given == null) {
            return;
        }
        Properties config = Properties.of(given);
        String id = function.logicalId() + "EventInvokeConfig";
        Nodes nodes = new Nodes(given.at());
        Map<String, TemplateNode> plain = new LinkedHashMap<>();
        plain.put("FunctionName", nodes.ref(function.logicalId()));
        // The published alias is what event sources invoke.
        Optional<String> alias = Optional.ofNullable(function.properties().get("AutoPublishAlias"))
                .flatMap(transform::staticText);
        plain.put("Qualifier", nodes.text(alias.orElse("$LATEST")));
        for (String name : List.of("MaximumEventAgeInSeconds", "MaximumRetryAttempts")) {
            config.node(name).ifPresent(value -> plain.put(name, value));
        }
        Map<String, TemplateNode> destinations = new LinkedHashMap<>();
        for (String name : List.of("OnSuccess", "OnFailure")) {
            config.object("DestinationConfig")
                    .flatMap(all -> all.object(name))
                    .ifPresent(destination -> destinations.put(
                            name, nodes.map("Destination", destination(transform, function, id + name, destination))));
        }
        if (!destinations.isEmpty()) {
            plain.put("DestinationConfig", new TemplateNode.Mapping(given.at(), destinations));
        }
        transform.add(function.derived(id, "AWS::Lambda::EventInvokeConfig", plain));
    }

    /** Returns the destination's ARN, that of a new queue or topic if the template names none. */
    private static TemplateNode destination(
            SamTransform transform, ResourceDeclaration function, String id, Properties destination) {
        new SamWords(transform, function).checkInvocationDestination(destination);
        Optional<TemplateNode> named = destination.node("Destination");
        if (named.isPresent() && !transform.isNoValue(named.get())) {
            return named.get();
        }
        String type = destination.requiredText("Type");
        Nodes nodes = new Nodes(destination.at());
        if (type.equals("SQS")) {
            transform.add(function.derived(id + "Queue", "AWS::SQS::Queue", Map.of()));
            transform.nameReference(function.logicalId() + ".DestinationQueue", id + "Queue");
            return nodes.attribute(id + "Queue", "Arn");
        }
        if (type.equals("SNS")) {
            transform.add(function.derived(id + "Topic", "AWS::SNS::Topic", Map.of()));
            transform.nameReference(function.logicalId() + ".DestinationTopic", id + "Topic");
            return nodes.ref(id + "Topic");
        }
        throw destination.missing("Destination");
    }
}
