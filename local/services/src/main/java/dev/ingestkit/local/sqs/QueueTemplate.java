package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the properties of an {@code AWS::SQS::Queue}. */
final class QueueTemplate {

    private final JsonNode properties;

    QueueTemplate(JsonNode properties) {
        this.properties = requireNonNull(properties, "properties");
    }

    /** The template's name; else the generated one, which for a FIFO queue gets its suffix. */
    String name(String generatedName) {
        String name = properties.path("QueueName").asText();
        if (!name.isEmpty()) {
            return name;
        }
        return properties.path("FifoQueue").asBoolean() ? generatedName + Fifo.SUFFIX : generatedName;
    }

    /** The properties that are attributes of SQS, by the same name; the documents as text. */
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
