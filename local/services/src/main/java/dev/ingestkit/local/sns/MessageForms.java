package dev.ingestkit.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message in its forms for different protocols. Immutable.
 *
 * @param standard the form for protocols without one of their own
 * @param own by protocol
 */
record MessageForms(String standard, Map<String, String> own) {

    MessageForms {
        own = Map.copyOf(own);
    }

    static MessageForms same(String message) {
        return new MessageForms(message, Map.of());
    }

    /**
     * Reads a message of the structure {@code json}.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException InvalidParameter without a form for all protocols
     */
    static MessageForms parse(String message) {
        JsonNode tree;
        try {
            tree = Json.mapper().readTree(message);
        } catch (IOException notJson) {
            throw SnsErrors.invalid("Message Structure - JSON message body failed to parse");
        }
        if (!tree.path("default").isTextual()) {
            throw SnsErrors.invalid("Message Structure - No default entry in JSON message body");
        }
        Map<String, String> own = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> form : tree.properties()) {
            if (form.getValue().isTextual()) {
                own.put(form.getKey(), form.getValue().textValue());
            }
        }
        return new MessageForms(tree.path("default").textValue(), own);
    }

    String of(String protocol) {
        return own.getOrDefault(protocol, standard);
    }
}
