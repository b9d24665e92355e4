package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event of type {@code SNS}: a subscription of the function, or of a queue that invokes the function, which SAM
 * creates unless the template names one.
 */
final class SamTopicEvent {

    private static final Set<String> PROPERTIES =
            Set.of("Topic", "Region", "FilterPolicy", "FilterPolicyScope", "SqsSubscription", "RedrivePolicy");

    private SamTopicEvent() {}

    static void expand(SamEvent event) {
        event.requireKnown(PROPERTIES);
        Properties properties = event.properties();
        TemplateNode topic = properties.node("Topic").orElseThrow(() -> properties.missing("Topic"));
        Optional<TemplateNode> queue = properties.node("SqsSubscription");
        if (queue.isEmpty() || isFalse(queue.get())) {
            subscribe(event, topic, "lambda", event.target());
            event.addPermission("", "sns.amazonaws.com", topic);
        } else if (queue.get() instanceof TemplateNode.Mapping own) {
            Properties given = new Properties(own);
            TemplateNode arn = given.node("QueueArn").orElseThrow(() -> given.missing("QueueArn"));
            subscribe(event, topic, "sqs", arn);
            Map<String, TemplateNode> mapping = mapping(event, arn);
            for (String name : new String[] {"BatchSize", "Enabled"}) {
                given.node(name).ifPresent(value -> mapping.put(name, value));
            }
            event.add(event.logicalId() + "EventSourceMapping", "AWS::Lambda::EventSourceMapping", mapping);
        } else {
            String id = event.logicalId() + "Queue";
            event.add(id, "AWS::SQS::Queue", Map.of());
            TemplateNode arn = event.nodes().attribute(id, "Arn");
            subscribe(event, topic, "sqs", arn);
            event.add(event.logicalId() + "EventSourceMapping", "AWS::Lambda::EventSourceMapping", mapping(event, arn));
        }
    }

    private static boolean isFalse(TemplateNode node) {
        return node instanceof TemplateNode.Scalar scalar && scalar.text().equalsIgnoreCase("false");
    }

    private static Map<String, TemplateNode> mapping(SamEvent event, TemplateNode queueArn) {
        Nodes nodes = event.nodes();
        Map<String, TemplateNode> mapping = new LinkedHashMap<>();
        mapping.put("FunctionName", event.target());
        mapping.put("EventSourceArn", queueArn);
        mapping.put("BatchSize", nodes.text("10"));
        return mapping;
    }

    private static void subscribe(SamEvent event, TemplateNode topic, String protocol, TemplateNode endpoint) {
        Nodes nodes = event.nodes();
        Map<String, TemplateNode> subscription = new LinkedHashMap<>();
        subscription.put("Protocol", nodes.text(protocol));
        subscription.put("Endpoint", protocol.equals("lambda") ? functionArn(event, endpoint) : endpoint);
        subscription.put("TopicArn", topic);
        for (String name : new String[] {"Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"}) {
            event.properties().node(name).ifPresent(value -> subscription.put(name, value));
        }
        event.add(event.logicalId(), "AWS::SNS::Subscription", subscription);
    }

    /** Returns the ARN of the event's target: an alias refers to its ARN, a function to its name. */
    static TemplateNode functionArn(SamEvent event, TemplateNode target) {
        String id = event.function().logicalId();
        return isReferenceTo(target, id) ? event.nodes().attribute(id, "Arn") : target;
    }

    private static boolean isReferenceTo(TemplateNode target, String id) {
        return target instanceof TemplateNode.Call call
                && call.argument() instanceof TemplateNode.Scalar name
                && name.text().equals(id);
    }
}
