package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The actions on queues. Thread-safe. */
final class QueueActions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final int MAX_TAGS = 50;

    private final QueueRegistry registry;
    private final QueueLocator locator;
    private final RedriveRules redrive;

    QueueActions(QueueRegistry registry, QueueLocator locator) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
        this.redrive = new RedriveRules(registry);
    }

    JsonNode createQueue(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        String name = input.string("QueueName").orElseThrow(() -> SqsErrors.missing("QueueName"));
        // Old SDKs write the member in lower case.
        Map<String, String> tags = input.has("tags") ? stringMap(input, "tags") : stringMap(input, "Tags");
        Queue queue = create(name, stringMap(input, "Attributes"), tags);
        return AwsOutput.object().put("QueueUrl", locator.url(queue));
    }

    /** Creates a queue, or returns the existing one of that name and with these attributes. */
    Queue create(String name, Map<String, String> attributes, Map<String, String> tags) {
        boolean fifo = name.endsWith(Fifo.SUFFIX);
        String stem = fifo ? name.substring(0, name.length() - Fifo.SUFFIX.length()) : name;
        boolean wanted = Boolean.parseBoolean(attributes.getOrDefault("FifoQueue", "false"));
        // To a standard queue's name, the dot of the suffix is one character that is not allowed.
        if (!NAME.matcher(stem).matches() || name.length() > 80 || (fifo && !wanted)) {
            throw SqsErrors.invalid(
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        if (wanted && !fifo) {
            throw SqsErrors.invalid("The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
                    + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }
        QueueSettings settings = QueueSettings.defaults(fifo).with(attributes);
        Optional<Queue> existing = registry.named(name);
        if (existing.isPresent()) {
            requireSameAttributes(existing.get(), attributes);
            return existing.get();
        }
        checkTags(tags);
        redrive.check(registry.arnOf(name), settings);
        return registry.create(name, settings, tags);
    }

    private static void requireSameAttributes(Queue queue, Map<String, String> attributes) {
        Map<String, String> visible = queue.settings.visibleAttributes();
        attributes.forEach((name, value) -> {
            if (!QueueSettings.normalized(name, value).equals(visible.getOrDefault(name, ""))) {
                throw SqsErrors.queueNameExists(name);
            }
        });
    }

    JsonNode deleteQueue(ServiceRequest request) {
        registry.delete(locator.queue(request));
        return AwsOutput.object();
    }

    JsonNode getQueueUrl(ServiceRequest request) {
        String name = AwsInput.of(request).string("QueueName").orElseThrow(() -> SqsErrors.missing("QueueName"));
        Queue queue = registry.named(name).orElseThrow(SqsErrors::queueDoesNotExist);
        return AwsOutput.object().put("QueueUrl", locator.url(queue));
    }

    JsonNode listQueues(ServiceRequest request) {
        String prefix = AwsInput.of(request).string("QueueNamePrefix").orElse("");
        List<Queue> queues = registry.all().stream()
                .filter(queue -> queue.name.startsWith(prefix))
                .toList();
        return urls(request, queues, "QueueUrls");
    }

    JsonNode listDeadLetterSourceQueues(ServiceRequest request) {
        return urls(request, registry.sourcesOf(locator.queue(request)), "queueUrls");
    }

    /** Lists up to MaxResults URLs, 1 to 1,000; the last queue's name is the token for the rest. */
    private ObjectNode urls(ServiceRequest request, List<Queue> queues, String member) {
        AwsInput input = AwsInput.of(request);
        long limit = input.integer("MaxResults").orElse(1_000L);
        if (limit < 1 || limit > 1_000) {
            throw SqsErrors.invalidValue("MaxResults", Long.toString(limit), "Must be between 1 and 1000.");
        }
        String after = input.string("NextToken").orElse("");
        ObjectNode response = AwsOutput.object();
        List<Queue> rest =
                queues.stream().filter(queue -> queue.name.compareTo(after) > 0).toList();
        ArrayNode urls = response.arrayNode();
        rest.stream().limit(limit).forEach(queue -> urls.add(locator.url(queue)));
        // ListQueues leaves out an empty list; ListDeadLetterSourceQueues does not.
        if (!urls.isEmpty() || member.equals("queueUrls")) {
            response.set(member, urls);
        }
        if (rest.size() > limit && input.has("MaxResults")) {
            response.put("NextToken", rest.get((int) limit - 1).name);
        }
        return response;
    }

    JsonNode getQueueAttributes(ServiceRequest request) {
        Queue queue = locator.queue(request);
        Set<String> wanted = new HashSet<>(AwsInput.of(request).strings("AttributeNames"));
        Map<String, String> all = attributes(queue);
        ObjectNode attributes = AwsOutput.object();
        all.forEach((name, value) -> {
            if (wanted.contains("All") || wanted.contains(name)) {
                attributes.put(name, value);
            }
        });
        for (String name : wanted) {
            if (!name.equals("All") && !all.containsKey(name) && !QueueSettings.isKnown(name)) {
                throw SqsErrors.invalidAttributeName(name);
            }
        }
        ObjectNode response = AwsOutput.object();
        if (!attributes.isEmpty()) {
            response.set("Attributes", attributes);
        }
        return response;
    }

    private Map<String, String> attributes(Queue queue) {
        MessageCounts counts = registry.counts(queue);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("QueueArn", queue.arn.toString());
        all.put("ApproximateNumberOfMessages", Integer.toString(counts.visible()));
        all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(counts.inFlight()));
        all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(counts.delayed()));
        all.put("CreatedTimestamp", Long.toString(queue.createdAt / 1000));
        all.put("LastModifiedTimestamp", Long.toString(queue.modifiedAt / 1000));
        all.putAll(queue.settings.visibleAttributes());
        return all;
    }

    JsonNode setQueueAttributes(ServiceRequest request) {
        Queue queue = locator.queue(request);
        Map<String, String> changes = stringMap(AwsInput.of(request), "Attributes");
        if (changes.isEmpty()) {
            throw SqsErrors.missing("Attributes");
        }
        QueueSettings settings = queue.settings.with(changes);
        redrive.check(queue.arn, settings);
        queue.settings = settings;
        queue.modifiedAt = registry.now();
        return AwsOutput.object();
    }

    /** Applies the attributes that a template has changed. One that it no longer has gets its default. */
    void update(Queue queue, Map<String, String> before, Map<String, String> now) {
        Map<String, String> changes = new LinkedHashMap<>(now);
        before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(name -> changes.put(name, ""));
        QueueSettings settings = queue.settings.with(changes);
        redrive.check(queue.arn, settings);
        queue.settings = settings;
        queue.modifiedAt = registry.now();
        registry.save();
    }

    JsonNode purgeQueue(ServiceRequest request) {
        registry.purge(locator.queue(request));
        return AwsOutput.object();
    }

    JsonNode tagQueue(ServiceRequest request) {
        Queue queue = locator.queue(request);
        Map<String, String> tags = new LinkedHashMap<>(queue.tags);
        tags.putAll(stringMap(AwsInput.of(request), "Tags"));
        checkTags(tags);
        queue.tags.putAll(tags);
        return AwsOutput.object();
    }

    JsonNode untagQueue(ServiceRequest request) {
        locator.queue(request)
                .tags
                .keySet()
                .removeAll(Set.copyOf(AwsInput.of(request).strings("TagKeys")));
        return AwsOutput.object();
    }

    JsonNode listQueueTags(ServiceRequest request) {
        ObjectNode response = AwsOutput.object();
        ObjectNode tags = AwsOutput.object();
        locator.queue(request).tags.forEach(tags::put);
        if (!tags.isEmpty()) {
            response.set("Tags", tags);
        }
        return response;
    }

    private static void checkTags(Map<String, String> tags) {
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > 128 || value.length() > 256) {
                throw SqsErrors.invalid(
                        "Tag keys have 1 to 128 characters and values at most 256, found key '" + key + "'.");
            }
        });
        if (tags.size() > MAX_TAGS) {
            throw SqsErrors.invalid("Too many tags added for queue: at most " + MAX_TAGS + ".");
        }
    }

    /** Returns a map member of strings; empty if it is missing. */
    private static Map<String, String> stringMap(AwsInput input, String member) {
        Map<String, String> stringMap = new LinkedHashMap<>();
        input.object(member)
                .ifPresent(map -> map.node()
                        .fieldNames()
                        .forEachRemaining(
                                name -> stringMap.put(name, map.string(name).orElse(""))));
        return stringMap;
    }
}
