package dev.ingestkit.local.mapping.queue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A received message in the form of the function's event. Immutable.
 *
 * @param id the message's id
 * @param receiptHandle names this receive of the message
 * @param body the message's text
 * @param record the message as an element of the event's {@code Records}
 * @param bytes the size of the record's JSON
 */
public record QueueMessage(String id, String receiptHandle, String body, ObjectNode record, int bytes) {

    public QueueMessage {
        requireNonNull(id, "id");
        requireNonNull(receiptHandle, "receiptHandle");
        requireNonNull(body, "body");
        requireNonNull(record, "record");
    }

    /**
     * Reads a message of ReceiveMessage's answer.
     *
     * @param message with all attributes
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">The event of an SQS mapping</a>
     */
    public static QueueMessage of(JsonNode message, Arn queue) {
        ObjectNode record = JsonNodeFactory.instance
                .objectNode()
                .put("messageId", message.path("MessageId").asText())
                .put("receiptHandle", message.path("ReceiptHandle").asText())
                .put("body", message.path("Body").asText());
        record.set("attributes", message.path("Attributes").deepCopy());
        ObjectNode attributes = record.putObject("messageAttributes");
        for (Map.Entry<String, JsonNode> attribute :
                message.path("MessageAttributes").properties()) {
            attributes.set(attribute.getKey(), attribute(attribute.getValue()));
        }
        record.put("md5OfBody", message.path("MD5OfBody").asText());
        if (message.hasNonNull("MD5OfMessageAttributes")) {
            record.set("md5OfMessageAttributes", message.get("MD5OfMessageAttributes"));
        }
        record.put("eventSource", "aws:sqs")
                .put("eventSourceARN", queue.toString())
                .put("awsRegion", queue.region());
        return new QueueMessage(
                message.path("MessageId").asText(),
                message.path("ReceiptHandle").asText(),
                message.path("Body").asText(),
                record,
                record.toString().getBytes(StandardCharsets.UTF_8).length);
    }

    private static ObjectNode attribute(JsonNode sent) {
        ObjectNode attribute = JsonNodeFactory.instance.objectNode();
        if (sent.has("StringValue")) {
            attribute.set("stringValue", sent.get("StringValue"));
        }
        if (sent.has("BinaryValue")) {
            attribute.put("binaryValue", sent.get("BinaryValue").asText());
        }
        attribute.putArray("stringListValues");
        attribute.putArray("binaryListValues");
        attribute.set("dataType", sent.path("DataType"));
        return attribute;
    }
}
