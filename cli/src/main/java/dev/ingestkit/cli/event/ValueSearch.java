package dev.ingestkit.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds an id in an event whose form is not known: as a text or number anywhere in it, also in JSON within a text, as
 * queues and topics wrap it. Stateless.
 */
public final class ValueSearch {

    private ValueSearch() {}

    /** Returns whether a value is the id, or holds it. */
    public static boolean holds(JsonNode value, String id) {
        if (value.isContainerNode()) {
            for (JsonNode member : value) {
                if (holds(member, id)) {
                    return true;
                }
            }
            return false;
        }
        return value.isTextual()
                ? holds(value.textValue(), id)
                : value.isNumber() && value.asText().equals(id);
    }

    /** Returns whether a text is the id, or JSON that holds it. */
    public static boolean holds(String text, String id) {
        return text.equals(id)
                || (text.contains(id)
                        && tree(text)
                                .filter(JsonNode::isContainerNode)
                                .filter(inner -> holds(inner, id))
                                .isPresent());
    }

    private static Optional<JsonNode> tree(String text) {
        return PayloadTree.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
