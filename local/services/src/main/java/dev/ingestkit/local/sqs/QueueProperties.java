package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the properties of an {@code AWS::SQS::Queue}.
 *
 * @see <a
 *
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queue.html">AWS::SQS::Queue</a>
 */
final class QueueProperties {

    private final JsonNode properties;

    QueueProperties(JsonNode properties) {
        this.properties = requireNonNull(properties, "properties");
    }

    /** Returns the template's name; otherwise the generated one, with the suffix if the queue is FIFO. */
    String name(String generatedName) {
        String name = properties.path("QueueName").asText();
        if (!name.isEmpty()) {
            return name;
        }
        return properties.path("FifoQueue").asBoolean() ? generatedName + Fifo.SUFFIX : generatedName;
    }

    /** Returns the properties that are SQS attributes of the same name; documents as text. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        properties.properties().forEach(property -> {
            if (QueueSettings.isKnown(property.getKey())) {
                JsonNode value = property.getValue();
                attributes.put(property.getKey(), value.isContainerNode() ? value.toString() : value.asText());
            }
        });
        if (!properties.path("FifoQueue").asBoolean()) {
            attributes.remove("FifoQueue");
        }
        return attributes;
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonNode tag : properties.path("Tags")) {
            tags.put(tag.path("Key").asText(), tag.path("Value").asText());
        }
        return tags;
    }
}
