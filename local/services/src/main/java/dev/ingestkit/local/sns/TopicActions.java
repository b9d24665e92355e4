package dev.ingestkit.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The actions on topics and their tags. Thread-safe. */
final class TopicActions {

    static final int PAGE = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}|[A-Za-z0-9_-]{1,251}\\.fifo");
    private static final Set<String> ATTRIBUTES = Set.of(
            "DisplayName",
            "Policy",
            "DeliveryPolicy",
            "KmsMasterKeyId",
            "SignatureVersion",
            "TracingConfig",
            "FifoTopic",
            "ContentBasedDeduplication",
            "FifoThroughputScope",
            "ArchivePolicy");
    private static final Pattern FEEDBACK =
            Pattern.compile("(HTTP|Firehose|Lambda|SQS|Application)(Success|Failure)Feedback(RoleArn|SampleRate)");

    private final TopicStore store;

    TopicActions(TopicStore store) {
        this.store = store;
    }

    JsonNode createTopic(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Topic topic = create(required(input, "Name"), texts(input, "Attributes"), tags(input));
        return AwsOutput.object().put("TopicArn", topic.arn.toString());
    }

    private static Map<String, String> tags(AwsInput input) {
        Map<String, String> tags = new TreeMap<>();
        for (AwsInput tag : input.objects("Tags")) {
            String value = tag.string("Value").orElse("");
            if (tags.put(tag.string("Key").orElse(""), value) != null) {
                throw SnsErrors.invalid("Duplicated keys are not allowed.");
            }
        }
        return tags;
    }

    Topic create(String name, Map<String, String> attributes, Map<String, String> tags) {
        boolean fifo = attributes.getOrDefault("FifoTopic", "false").equalsIgnoreCase("true");
        if (!NAME.matcher(name).matches() || fifo != name.endsWith(".fifo")) {
            throw SnsErrors.invalid(
                    fifo
                            ? "Fifo Topic names must end with .fifo and must be made up of only uppercase and"
                                    + " lowercase ASCII letters, numbers, underscores, and hyphens, and must be between"
                                    + " 1 and 256 characters long."
                            : "Topic Name");
        }
        attributes.keySet().forEach(TopicActions::requireKnown);
        Optional<Topic> existing = store.named(name);
        if (existing.isPresent()) {
            boolean same = attributes.entrySet().stream()
                    .allMatch(entry ->
                            entry.getValue().equals(existing.get().attributes.get(entry.getKey())));
            if (!same) {
                throw SnsErrors.invalid("Attributes Reason: Topic already exists with different attributes");
            }
            if (!existing.get().tags.entrySet().containsAll(tags.entrySet())) {
                throw SnsErrors.invalid("Tags Reason: Topic already exists with different tags");
            }
            return existing.get();
        }
        Topic topic = new Topic(store.arnOf(name));
        topic.attributes.putAll(attributes);
        topic.tags.putAll(tags);
        store.add(topic);
        return topic;
    }

    /** Creates a topic of a template, or gives an existing one the attributes and tags that the template has. */
    Topic declare(String name, Map<String, String> attributes, Map<String, String> tags) {
        store.named(name)
                .ifPresent(existing -> store.change(existing, changed -> {
                    changed.attributes.putAll(attributes);
                    changed.tags.putAll(tags);
                }));
        return create(name, attributes, tags);
    }

    private static void requireKnown(String attribute) {
        if (!ATTRIBUTES.contains(attribute) && !FEEDBACK.matcher(attribute).matches()) {
            throw SnsErrors.invalid("AttributeName");
        }
    }

    JsonNode deleteTopic(ServiceRequest request) {
        String arn = required(AwsInput.of(request), "TopicArn");
        Arn.tryParse(arn).ifPresent(store::remove);
        return AwsOutput.object();
    }

    JsonNode listTopics(ServiceRequest request) {
        List<String> arns =
                store.topics().stream().map(topic -> topic.arn.toString()).toList();
        ObjectNode output = AwsOutput.object();
        ArrayNode topics = output.putArray("Topics");
        for (String arn : page(arns, request, output)) {
            topics.addObject().put("TopicArn", arn);
        }
        return output;
    }

    /** Returns a page, and puts the token of the next one into the output. */
    static List<String> page(List<String> all, ServiceRequest request, ObjectNode output) {
        String after = AwsInput.of(request).string("NextToken").orElse("");
        List<String> rest = all.stream().filter(arn -> arn.compareTo(after) > 0).toList();
        if (rest.size() > PAGE) {
            output.put("NextToken", rest.get(PAGE - 1));
        }
        return rest.subList(0, Math.min(PAGE, rest.size()));
    }

    JsonNode getTopicAttributes(ServiceRequest request) {
        Topic topic = store.topic(required(AwsInput.of(request), "TopicArn"));
        List<SubscriptionEntry> subscriptions = store.subscriptionsOf(topic.arn);
        long confirmed =
                subscriptions.stream().filter(SubscriptionEntry::isConfirmed).count();
        ObjectNode output = AwsOutput.object();
        ObjectNode attributes = output.putObject("Attributes")
                .put("TopicArn", topic.arn.toString())
                .put("Owner", store.accountId())
                .put("DisplayName", "")
                .put("Policy", policy(topic))
                .put("SubscriptionsConfirmed", Long.toString(confirmed))
                .put("SubscriptionsPending", Long.toString(subscriptions.size() - confirmed))
                .put("SubscriptionsDeleted", "0")
                .put(
                        "EffectiveDeliveryPolicy",
                        "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":20,\"maxDelayTarget\":20,"
                                + "\"numRetries\":3,\"numMaxDelayRetries\":0,\"numNoDelayRetries\":0,"
                                + "\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},"
                                + "\"disableSubscriptionOverrides\":false,"
                                + "\"defaultRequestPolicy\":{\"headerContentType\":\"text/plain; charset=UTF-8\"}}}");
        if (topic.isFifo()) {
            attributes.put("ContentBasedDeduplication", "false");
        }
        topic.attributes.forEach(attributes::put);
        return output;
    }

    /** Returns the policy that SNS gives to a topic: its owner may do everything. */
    private String policy(Topic topic) {
        return AwsOutput.object()
                .put("Version", "2008-10-17")
                .put("Id", "__default_policy_ID")
                .set(
                        "Statement",
                        AwsOutput.object()
                                .arrayNode()
                                .add(AwsOutput.object()
                                        .put("Sid", "__default_statement_ID")
                                        .put("Effect", "Allow")
                                        .<ObjectNode>set(
                                                "Principal", AwsOutput.object().put("AWS", "*"))
                                        .put("Action", "SNS:*")
                                        .put("Resource", topic.arn.toString())
                                        .set(
                                                "Condition",
                                                AwsOutput.object()
                                                        .set(
                                                                "StringEquals",
                                                                AwsOutput.object()
                                                                        .put("AWS:SourceOwner", store.accountId())))))
                .toString();
    }

    JsonNode setTopicAttributes(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Topic topic = store.topic(required(input, "TopicArn"));
        String name = required(input, "AttributeName");
        requireKnown(name);
        if (name.equals("FifoTopic")) {
            throw SnsErrors.invalid("AttributeName");
        }
        store.change(
                topic,
                changed -> changed.attributes.put(
                        name, input.string("AttributeValue").orElse("")));
        return AwsOutput.object();
    }

    JsonNode tagResource(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Map<String, String> tags = tags(input);
        store.change(resource(input), changed -> changed.tags.putAll(tags));
        return AwsOutput.object();
    }

    JsonNode untagResource(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Topic topic = resource(input);
        store.change(topic, changed -> input.strings("TagKeys").forEach(changed.tags::remove));
        return AwsOutput.object();
    }

    JsonNode listTagsForResource(ServiceRequest request) {
        Topic topic = resource(AwsInput.of(request));
        ObjectNode output = AwsOutput.object();
        ArrayNode tags = output.putArray("Tags");
        synchronized (store) {
            topic.tags.forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        }
        return output;
    }

    private Topic resource(AwsInput input) {
        return Arn.tryParse(required(input, "ResourceArn"))
                .flatMap(arn -> store.named(arn.resource()))
                .orElseThrow(SnsErrors::noResource);
    }

    static Map<String, String> texts(AwsInput input, String member) {
        Map<String, String> texts = new TreeMap<>();
        input.object(member)
                .map(AwsInput::node)
                .ifPresent(map -> map.properties()
                        .forEach(entry ->
                                texts.put(entry.getKey(), entry.getValue().asText())));
        return texts;
    }

    static String required(AwsInput input, String member) {
        return input.string(member).orElseThrow(() -> SnsErrors.missing(member));
    }
}
