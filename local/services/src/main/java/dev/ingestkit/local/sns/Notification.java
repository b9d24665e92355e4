package dev.ingestkit.local.sns;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A published message, as subscribers receive it. Nothing is signed here: AWS signs with a key that only it has.
 *
 * @param topic the topic
 * @param accepted the message's identity
 * @param subject null without one
 * @param message the message for the subscriber's protocol
 * @param attributes message attributes by name, in the form of SNS's API
 * @param at the time of publication
 * @param order the identity in a FIFO topic; null in a standard one
 */
record Notification(
        Arn topic,
        Topic.Accepted accepted,
        @Nullable String subject,
        String message,
        ObjectNode attributes,
        Instant at,
        Subscribers.@Nullable Order order) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String UNSIGNED = "not signed by the embedded runtime";

    Notification {
        requireNonNull(topic, "topic");
        requireNonNull(accepted, "accepted");
        requireNonNull(message, "message");
        requireNonNull(attributes, "attributes");
        requireNonNull(at, "at");
    }

    Notification withMessage(String other) {
        return new Notification(topic, accepted, subject, other, attributes, at, order);
    }

    /** Returns the body that a queue receives without raw delivery, as SNS writes it. */
    String envelope(Arn subscription) {
        ObjectNode envelope =
                Json.mapper().createObjectNode().put("Type", "Notification").put("MessageId", accepted.messageId());
        if (!accepted.sequenceNumber().isEmpty()) {
            envelope.put("SequenceNumber", accepted.sequenceNumber());
        }
        envelope.put("TopicArn", topic.toString());
        if (subject != null) {
            envelope.put("Subject", subject);
        }
        envelope.put("Message", message)
                .put("Timestamp", TIMESTAMP.format(at))
                .put("SignatureVersion", "1")
                .put("Signature", UNSIGNED)
                .put("SigningCertURL", url("/SimpleNotificationService.pem"))
                .put("UnsubscribeURL", unsubscribe(subscription));
        if (!attributes.isEmpty()) {
            envelope.set("MessageAttributes", typedAttributes());
        }
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(envelope);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree could not be written", impossible);
        }
    }

    /**
     * Returns the event of a function.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html">The event of a topic</a>
     */
    byte[] event(Arn subscription) {
        ObjectNode event = Json.mapper().createObjectNode();
        ObjectNode record = event.putArray("Records")
                .addObject()
                .put("EventSource", "aws:sns")
                .put("EventVersion", "1.0")
                .put("EventSubscriptionArn", subscription.toString());
        record.putObject("Sns")
                .put("Type", "Notification")
                .put("MessageId", accepted.messageId())
                .put("TopicArn", topic.toString())
                .put("Subject", subject)
                .put("Message", message)
                .put("Timestamp", TIMESTAMP.format(at))
                .put("SignatureVersion", "1")
                .put("Signature", UNSIGNED)
                .put("SigningCertUrl", url("/SimpleNotificationService.pem"))
                .put("UnsubscribeUrl", unsubscribe(subscription))
                .set("MessageAttributes", typedAttributes());
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String unsubscribe(Arn subscription) {
        return url("/?Action=Unsubscribe&SubscriptionArn=" + subscription);
    }

    private String url(String path) {
        return "https://sns.%s.amazonaws.com%s".formatted(topic.region(), path);
    }

    private ObjectNode typedAttributes() {
        ObjectNode typed = Json.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            JsonNode value = attribute.getValue();
            typed.putObject(attribute.getKey())
                    .put("Type", value.path("DataType").asText())
                    .put(
                            "Value",
                            value.has("StringValue")
                                    ? value.path("StringValue").asText()
                                    : value.path("BinaryValue").asText());
        }
        return typed;
    }
}
