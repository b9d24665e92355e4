package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.util.Optional;

/** The reason that a parked message gives in its field {@code reason}. */
final class ParkedReason {

    private ParkedReason() {}

    /** Returns the reason; empty if the message is not JSON or gives none. */
    static Optional<String> in(String message) {
        try {
            JsonNode reason = Json.mapper().readTree(message).path("reason");
            return reason.isTextual() ? Optional.of(reason.asText()) : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
