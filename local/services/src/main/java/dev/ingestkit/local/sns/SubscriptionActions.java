package dev.ingestkit.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The actions on subscriptions. Thread-safe. */
final class SubscriptionActions {

    private static final Set<String> PROTOCOLS =
            Set.of("sqs", "lambda", "http", "https", "email", "email-json", "sms", "application", "firehose");
    private static final Set<String> ATTRIBUTES = Set.of(
            SubscriptionEntry.FILTER_POLICY,
            SubscriptionEntry.FILTER_POLICY_SCOPE,
            SubscriptionEntry.RAW,
            SubscriptionEntry.REDRIVE_POLICY,
            "DeliveryPolicy",
            "SubscriptionRoleArn",
            "ReplayPolicy");
    private static final String PENDING = "PendingConfirmation";

    private final TopicStore store;

    SubscriptionActions(TopicStore store) {
        this.store = store;
    }

    JsonNode subscribe(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Topic topic = store.topic(TopicActions.required(input, "TopicArn"));
        SubscriptionEntry subscription = subscribe(
                topic,
                TopicActions.required(input, "Protocol"),
                input.string("Endpoint").orElse(""),
                TopicActions.texts(input, "Attributes"));
        boolean shown = subscription.isConfirmed()
                || input.bool("ReturnSubscriptionArn").orElse(false);
        return AwsOutput.object()
                .put("SubscriptionArn", shown ? subscription.arn().toString() : "pending confirmation");
    }

    SubscriptionEntry subscribe(Topic topic, String protocol, String endpoint, Map<String, String> attributes) {
        if (!PROTOCOLS.contains(protocol)) {
            throw SnsErrors.invalid("Amazon SNS does not support this protocol string: " + protocol);
        }
        checkEndpoint(topic, protocol, endpoint);
        Optional<SubscriptionEntry> existing = store.subscriptionsOf(topic.arn).stream()
                .filter(each ->
                        each.protocol().equals(protocol) && each.endpoint().equals(endpoint))
                .findFirst();
        if (existing.isPresent()) {
            if (!existing.get().attributes().equals(attributes)) {
                throw SnsErrors.invalid("Attributes Reason: Subscription already exists with different attributes");
            }
            return existing.get();
        }
        SubscriptionEntry subscription = new SubscriptionEntry(
                topic.arn.withResource(topic.arn.resource() + ":" + store.newId()),
                topic.arn,
                protocol,
                endpoint,
                attributes);
        attributes.forEach((name, value) -> check(subscription, name, value));
        store.put(subscription);
        return subscription;
    }

    /** Subscribes an endpoint of a template, or gives an existing subscription the attributes that the template has. */
    void declare(Topic topic, String protocol, String endpoint, Map<String, String> attributes) {
        store.subscriptionsOf(topic.arn).stream()
                .filter(each ->
                        each.protocol().equals(protocol) && each.endpoint().equals(endpoint))
                .findFirst()
                .ifPresent(existing -> store.put(
                        new SubscriptionEntry(existing.arn(), existing.topic(), protocol, endpoint, attributes)));
        subscribe(topic, protocol, endpoint, attributes);
    }

    private static void checkEndpoint(Topic topic, String protocol, String endpoint) {
        Optional<String> service = Arn.tryParse(endpoint).map(Arn::service);
        if (protocol.equals("sqs") && service.filter("sqs"::equals).isEmpty()) {
            throw SnsErrors.invalid("SQS endpoint ARN");
        }
        if (protocol.equals("lambda") && service.filter("lambda"::equals).isEmpty()) {
            throw SnsErrors.invalid("Lambda endpoint ARN");
        }
        if (topic.isFifo() && !protocol.equals("sqs")) {
            throw SnsErrors.invalid(
                    "Invalid protocol type: FIFO topics deliver to Amazon SQS queues only, not by " + protocol);
        }
        if (!topic.isFifo() && endpoint.endsWith(".fifo")) {
            throw SnsErrors.invalid(
                    "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
        }
    }

    private static void check(SubscriptionEntry subscription, String name, String value) {
        if (!ATTRIBUTES.contains(name)) {
            throw SnsErrors.invalid("AttributeName");
        }
        if (value.isEmpty()) {
            return;
        }
        switch (name) {
            case SubscriptionEntry.FILTER_POLICY ->
                subscription.with(name, value).filter();
            case SubscriptionEntry.FILTER_POLICY_SCOPE -> {
                if (FilterPolicy.Scope.of(value).isEmpty()) {
                    throw SnsErrors.invalid("FilterPolicyScope: Invalid value [" + value
                            + "]. Please use either MessageBody or MessageAttributes");
                }
            }
            case SubscriptionEntry.RAW -> {
                if (!Set.of("true", "false").contains(value.toLowerCase(Locale.ROOT))) {
                    throw SnsErrors.invalid("Attributes Reason: RawMessageDelivery: Invalid value [" + value
                            + "]. Must be true or false.");
                }
            }
            case SubscriptionEntry.REDRIVE_POLICY -> checkRedrivePolicy(value);
            default -> {
                // stored, without effect here
            }
        }
    }

    private static void checkRedrivePolicy(String value) {
        try {
            String target =
                    Json.mapper().readTree(value).path("deadLetterTargetArn").asText();
            if (Arn.tryParse(target).filter(arn -> arn.service().equals("sqs")).isPresent()) {
                return;
            }
        } catch (IOException notJson) {
            throw SnsErrors.invalid("RedrivePolicy: failed to parse JSON.");
        }
        throw SnsErrors.invalid("RedrivePolicy: deadLetterTargetArn is an invalid arn");
    }

    JsonNode confirmSubscription(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        store.topic(TopicActions.required(input, "TopicArn"));
        // No confirmation is ever sent, so that no token is valid.
        TopicActions.required(input, "Token");
        throw SnsErrors.invalid("Token");
    }

    JsonNode unsubscribe(ServiceRequest request) {
        store.removeSubscription(TopicActions.required(AwsInput.of(request), "SubscriptionArn"));
        return AwsOutput.object();
    }

    JsonNode listSubscriptions(ServiceRequest request) {
        return list(store.subscriptions(), request);
    }

    JsonNode listSubscriptionsByTopic(ServiceRequest request) {
        Topic topic = store.topic(TopicActions.required(AwsInput.of(request), "TopicArn"));
        return list(store.subscriptionsOf(topic.arn), request);
    }

    private JsonNode list(List<SubscriptionEntry> all, ServiceRequest request) {
        ObjectNode output = AwsOutput.object();
        ArrayNode subscriptions = output.putArray("Subscriptions");
        List<String> arns =
                all.stream().map(subscription -> subscription.arn().toString()).toList();
        for (String arn : TopicActions.page(arns, request, output)) {
            store.subscription(arn)
                    .ifPresent(subscription -> subscriptions
                            .addObject()
                            .put("SubscriptionArn", subscription.isConfirmed() ? arn : PENDING)
                            .put("Owner", store.accountId())
                            .put("Protocol", subscription.protocol())
                            .put("Endpoint", subscription.endpoint())
                            .put("TopicArn", subscription.topic().toString()));
        }
        return output;
    }

    JsonNode getSubscriptionAttributes(ServiceRequest request) {
        SubscriptionEntry subscription = named(AwsInput.of(request));
        ObjectNode output = AwsOutput.object();
        ObjectNode attributes = output.putObject("Attributes")
                .put("SubscriptionArn", subscription.arn().toString())
                .put("TopicArn", subscription.topic().toString())
                .put("Owner", store.accountId())
                .put("Protocol", subscription.protocol())
                .put("Endpoint", subscription.endpoint())
                .put("ConfirmationWasAuthenticated", Boolean.toString(subscription.isConfirmed()))
                .put("PendingConfirmation", Boolean.toString(!subscription.isConfirmed()))
                .put("SubscriptionPrincipal", "arn:aws:iam::%s:root".formatted(store.accountId()))
                .put(SubscriptionEntry.RAW, "false");
        if (subscription.attributes().containsKey(SubscriptionEntry.FILTER_POLICY)) {
            attributes.put(SubscriptionEntry.FILTER_POLICY_SCOPE, "MessageAttributes");
        }
        subscription.attributes().forEach(attributes::put);
        return output;
    }

    JsonNode setSubscriptionAttributes(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        SubscriptionEntry subscription = named(input);
        String name = TopicActions.required(input, "AttributeName");
        String value = input.string("AttributeValue").orElse("");
        check(subscription, name, value);
        store.put(subscription.with(name, value));
        return AwsOutput.object();
    }

    private SubscriptionEntry named(AwsInput input) {
        return store.subscription(TopicActions.required(input, "SubscriptionArn"))
                .orElseThrow(SnsErrors::noSubscription);
    }
}
