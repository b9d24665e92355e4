package dev.ingestkit.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The actions that publish messages. Thread-safe. */
final class PublishActions {

    private static final int MAX_BYTES = 262_144;
    private static final int MAX_ENTRIES = 10;
    private static final Pattern SUBJECT = Pattern.compile("[\\p{ASCII}&&[^\\p{Cntrl}]]{1,100}");

    private final TopicStore store;
    private final Deliveries deliveries;
    private final Clock clock;

    PublishActions(TopicStore store, Deliveries deliveries, Clock clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    JsonNode publish(ServiceRequest request) {
        return publish(AwsInput.of(request));
    }

    JsonNode publish(AwsInput input) {
        if (input.has("PhoneNumber")) {
            throw ServiceException.notImplemented("SNS", "Publish to a PhoneNumber");
        }
        String arn = input.string("TopicArn")
                .or(() -> input.string("TargetArn"))
                .orElseThrow(() -> SnsErrors.invalid("TopicArn or TargetArn Reason: no value for required parameter"));
        return published(publish(store.topic(arn), input));
    }

    private static ObjectNode published(Topic.Accepted accepted) {
        ObjectNode output = AwsOutput.object().put("MessageId", accepted.messageId());
        if (!accepted.sequenceNumber().isEmpty()) {
            output.put("SequenceNumber", accepted.sequenceNumber());
        }
        return output;
    }

    JsonNode publishBatch(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Topic topic = store.topic(TopicActions.required(input, "TopicArn"));
        List<AwsInput> entries = input.objects("PublishBatchRequestEntries");
        checkEntries(entries);
        ObjectNode output = AwsOutput.object();
        ArrayNode successful = output.putArray("Successful");
        ArrayNode failed = output.putArray("Failed");
        for (AwsInput entry : entries) {
            String id = entry.string("Id").orElse("");
            try {
                successful.addObject().put("Id", id).setAll(published(publish(topic, entry)));
            } catch (ServiceException refused) {
                successful.remove(successful.size() - 1);
                failed.addObject()
                        .put("Id", id)
                        .put("Code", refused.code())
                        .put("Message", refused.text())
                        .put("SenderFault", true);
            }
        }
        return output;
    }

    private static void checkEntries(List<AwsInput> entries) {
        if (entries.isEmpty()) {
            throw ServiceException.badRequest("EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw ServiceException.badRequest(
                    "TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        }
        Set<String> ids = new HashSet<>();
        int bytes = 0;
        for (AwsInput entry : entries) {
            bytes += size(entry);
            if (!ids.add(entry.string("Id").orElse(""))) {
                throw ServiceException.badRequest(
                        "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
            }
        }
        if (bytes > MAX_BYTES) {
            throw ServiceException.badRequest(
                    "BatchRequestTooLong", "The length of all the messages put together is more than the limit.");
        }
    }

    private Topic.Accepted publish(Topic topic, AwsInput input) {
        String message = input.string("Message").orElse("");
        if (message.isEmpty()) {
            throw SnsErrors.invalid("Empty message");
        }
        if (size(input) > MAX_BYTES) {
            throw SnsErrors.invalid("Message too long");
        }
        Optional<String> subject = input.string("Subject");
        if (subject.isPresent() && !SUBJECT.matcher(subject.get()).matches()) {
            throw SnsErrors.invalid("Subject");
        }
        boolean structured =
                input.string("MessageStructure").filter("json"::equals).isPresent();
        MessageForms forms = structured ? MessageForms.parse(message) : MessageForms.same(message);
        ObjectNode attributes = attributes(input);
        Subscribers.Order order = topic.isFifo() ? order(topic, input, message) : null;
        // A FIFO topic's messages are delivered in the order of their numbers.
        synchronized (topic.order) {
            String deduplicationId = order == null ? "" : order.deduplicationId();
            Topic.Accepted accepted = store.accept(topic, deduplicationId, clock.millis());
            if (!accepted.duplicate()) {
                deliveries.deliver(
                        new Notification(
                                topic.arn, accepted, subject.orElse(null), message, attributes, clock.instant(), order),
                        forms);
                store.delivered(topic, deduplicationId, clock.millis());
            }
            return accepted;
        }
    }

    private static int size(AwsInput input) {
        int bytes = input.string("Message").orElse("").getBytes(StandardCharsets.UTF_8).length;
        for (Map.Entry<String, JsonNode> attribute : attributes(input).properties()) {
            bytes += attribute.getKey().getBytes(StandardCharsets.UTF_8).length;
            for (JsonNode value : attribute.getValue()) {
                bytes += value.asText().getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return bytes;
    }

    private static ObjectNode attributes(AwsInput input) {
        JsonNode attributes =
                input.object("MessageAttributes").map(AwsInput::node).orElseGet(JsonNodeFactory.instance::objectNode);
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            JsonNode value = attribute.getValue();
            String type = value.path("DataType").asText();
            if (!type.matches("(String|Number|Binary)(\\..+)?")) {
                throw ServiceException.badRequest(
                        "ParameterValueInvalid",
                        ("The message attribute '%s' has an invalid message attribute type, the set of supported type"
                                        + " prefixes is Binary, Number, and String.")
                                .formatted(attribute.getKey()));
            }
            if (value.path("StringValue").asText("").isEmpty()
                    && value.path("BinaryValue").asText("").isEmpty()) {
                throw ServiceException.badRequest(
                        "ParameterValueInvalid",
                        "The message attribute '%s' must contain non-empty message attribute value for message"
                                        .formatted(attribute.getKey())
                                + " attribute type '" + type + "'.");
            }
        }
        return (ObjectNode) attributes;
    }

    private static Subscribers.Order order(Topic topic, AwsInput input, String message) {
        String group = input.string("MessageGroupId")
                .orElseThrow(() -> SnsErrors.invalid("The MessageGroupId parameter is required for FIFO topics"));
        String deduplication = input.string("MessageDeduplicationId")
                .or(() -> topic.flag("ContentBasedDeduplication") ? Optional.of(digest(message)) : Optional.empty())
                .orElseThrow(() -> SnsErrors.invalid(
                        "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
                                + " provided explicitly"));
        return new Subscribers.Order(group, deduplication);
    }

    private static String digest(String message) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(message.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
