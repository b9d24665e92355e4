package dev.ingestkit.local.template.event;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Tags;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.SubscriptionSpec;
import dev.ingestkit.local.template.spec.TopicSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads topics and their subscriptions. A subscription by another protocol than {@code sqs} and {@code lambda}, or of a
 * topic or function that is not run, gets a warning.
 */
public record TopicReader(ResourceReader views, List<FunctionSpec> functions) {

    private static final String TOPIC = "AWS::SNS::Topic";
    private static final List<String> TOPIC_ATTRIBUTES = List.of(
            "DisplayName",
            "FifoTopic",
            "ContentBasedDeduplication",
            "KmsMasterKeyId",
            "SignatureVersion",
            "TracingConfig",
            "FifoThroughputScope");
    private static final List<String> SUBSCRIPTION_TEXTS =
            List.of("FilterPolicyScope", "RawMessageDelivery", "SubscriptionRoleArn");
    private static final List<String> SUBSCRIPTION_OBJECTS =
            List.of("FilterPolicy", "RedrivePolicy", "DeliveryPolicy", "ReplayPolicy");
    private static final Set<String> RUN = Set.of("sqs", "lambda");

    /** Returns the topics, in the template's order. */
    public List<TopicSpec> topics() {
        return views.of(TOPIC, TopicReader::topic);
    }

    private static TopicSpec topic(Resource resource) {
        Properties properties = resource.properties();
        Map<String, String> attributes = new LinkedHashMap<>();
        TOPIC_ATTRIBUTES.forEach(name -> properties.text(name).ifPresent(value -> attributes.put(name, value)));
        return new TopicSpec(
                resource.identity(resource.attribute("TopicArn")),
                attributes,
                properties.node("Tags").map(Tags::of).orElse(Map.of()));
    }

    /** Returns the subscriptions that are run: those of topics first, then those that are resources of their own. */
    public List<SubscriptionSpec> subscriptions(List<TopicSpec> topics) {
        List<SubscriptionSpec> subscriptions = new ArrayList<>();
        for (Resource topic : views.ofType(TOPIC)) {
            for (TemplateNode node : topic.properties().list("Subscription")) {
                views.problems().collect(() -> {
                    Properties properties = Properties.of(node);
                    add(subscriptions, topic, properties, topic.attribute("TopicArn"), node.at());
                });
            }
        }
        for (Resource resource : views.ofType("AWS::SNS::Subscription")) {
            views.problems().collect(() -> {
                String topic = resource.properties().requiredText("TopicArn");
                if (topics.stream().noneMatch(spec -> spec.arn().toString().equals(topic))) {
                    views.warn(
                            resource.declared().at(),
                            "the subscription %s is not run: the topic %s is not in this stack"
                                    .formatted(resource.logicalId(), topic));
                } else {
                    add(
                            subscriptions,
                            resource,
                            resource.properties(),
                            topic,
                            resource.declared().at());
                }
            });
        }
        return subscriptions;
    }

    private void add(
            List<SubscriptionSpec> subscriptions, Resource owner, Properties properties, String topic, Location at) {
        String protocol = properties.requiredText("Protocol");
        String endpoint = properties.text("Endpoint").orElse("");
        obstacle(protocol, endpoint)
                .ifPresentOrElse(
                        reason -> views.warn(
                                at, "the subscription %s is not run: %s".formatted(owner.logicalId(), reason)),
                        () -> subscriptions.add(new SubscriptionSpec(
                                owner.logicalId(), topic, protocol, endpoint, attributes(properties))));
    }

    private Optional<String> obstacle(String protocol, String endpoint) {
        if (!RUN.contains(protocol)) {
            return Optional.of("its protocol %s is not run locally; sqs and lambda are".formatted(protocol));
        }
        return protocol.equals("lambda") && functions.stream().noneMatch(function -> function.isNamed(endpoint))
                ? Optional.of("its function %s is not run".formatted(endpoint))
                : Optional.empty();
    }

    private static Map<String, String> attributes(Properties properties) {
        Map<String, String> attributes = new LinkedHashMap<>();
        SUBSCRIPTION_TEXTS.forEach(name -> properties.text(name).ifPresent(value -> attributes.put(name, value)));
        SUBSCRIPTION_OBJECTS.forEach(
                name -> properties.json(name).ifPresent(value -> attributes.put(name, value.toString())));
        return attributes;
    }
}
