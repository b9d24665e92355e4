package dev.ingestkit.local.template.resource;

import java.util.List;

/** The types that pass events to functions and queues. */
final class EventResourceTypes {

    private EventResourceTypes() {}

    static List<ResourceType> all() {
        return List.of(topic(), subscription());
    }

    private static ResourceType topic() {
        return ResourceType.run("AWS::SNS::Topic")
                .named("TopicName")
                .unnamedAs(identity -> {
                    boolean fifo = identity.property()
                            .apply("FifoTopic")
                            .filter("true"::equalsIgnoreCase)
                            .isPresent();
                    return identity.names().stackName() + "-" + identity.logicalId() + (fifo ? ".fifo" : "");
                })
                .properties("DisplayName", "Subscription", "FifoTopic", "ContentBasedDeduplication", "Tags")
                .properties("KmsMasterKeyId", "SignatureVersion", "TracingConfig", "FifoThroughputScope")
                .properties("DeliveryStatusLogging", "DataProtectionPolicy")
                .reference(EventResourceTypes::topicArn)
                .attribute("TopicArn", EventResourceTypes::topicArn)
                .attribute("TopicName", Identity::name);
    }

    private static String topicArn(Identity identity) {
        return identity.arn("sns", identity.name());
    }

    private static ResourceType subscription() {
        return ResourceType.run("AWS::SNS::Subscription")
                .properties("TopicArn", "Protocol", "Endpoint", "FilterPolicy", "FilterPolicyScope")
                .properties("RawMessageDelivery", "RedrivePolicy", "Region", "SubscriptionRoleArn")
                .reference(EventResourceTypes::subscriptionArn)
                .attribute("Arn", EventResourceTypes::subscriptionArn);
    }

    private static String subscriptionArn(Identity identity) {
        return "%s:%s".formatted(identity.property().apply("TopicArn").orElse(""), identity.uuid());
    }
}
