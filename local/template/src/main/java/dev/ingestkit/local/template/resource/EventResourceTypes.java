package dev.ingestkit.local.template.resource;

import java.util.List;

/** The types that pass events to functions and queues. */
final class EventResourceTypes {

    private EventResourceTypes() {}

    static List<ResourceType> all() {
        return List.of(
                topic(),
                subscription(),
                rule(),
                bus(),
                schedule(),
                invokeConfig(),
                ResourceType.accepted("AWS::Events::EventBusPolicy"),
                ResourceType.accepted("AWS::Scheduler::ScheduleGroup").named("Name"));
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

    private static ResourceType rule() {
        return ResourceType.run("AWS::Events::Rule")
                .named("Name")
                .properties("Description", "EventBusName", "EventPattern", "RoleArn", "ScheduleExpression", "State")
                .properties("Targets", "Tags")
                .attribute("Arn", EventResourceTypes::ruleArn);
    }

    private static String ruleArn(Identity identity) {
        String bus = identity.property().apply("EventBusName").orElse("default");
        String name = bus.substring(bus.lastIndexOf('/') + 1);
        return identity.arn("events", "rule/" + (name.equals("default") ? "" : name + "/") + identity.name());
    }

    private static ResourceType bus() {
        return ResourceType.run("AWS::Events::EventBus")
                .named("Name")
                .properties("Description", "EventSourceName", "KmsKeyIdentifier", "Tags", "Policy")
                .attribute("Arn", identity -> identity.arn("events", "event-bus/" + identity.name()))
                .attribute("Name", Identity::name);
    }

    private static ResourceType schedule() {
        return ResourceType.run("AWS::Scheduler::Schedule")
                .named("Name")
                .properties("ScheduleExpression", "ScheduleExpressionTimezone", "StartDate", "EndDate", "State")
                .properties("FlexibleTimeWindow", "GroupName", "Description", "KmsKeyArn", "Target")
                .attribute("Arn", EventResourceTypes::scheduleArn);
    }

    private static String scheduleArn(Identity identity) {
        String group = identity.property().apply("GroupName").orElse("default");
        return identity.arn("scheduler", "schedule/%s/%s".formatted(group, identity.name()));
    }

    private static ResourceType invokeConfig() {
        return ResourceType.run("AWS::Lambda::EventInvokeConfig")
                .properties("FunctionName", "Qualifier", "MaximumEventAgeInSeconds", "MaximumRetryAttempts")
                .properties("DestinationConfig");
    }

    private static String subscriptionArn(Identity identity) {
        return "%s:%s".formatted(identity.property().apply("TopicArn").orElse(""), identity.uuid());
    }
}
