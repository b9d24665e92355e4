package dev.ingestkit.local.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpResponse;

/** The answers of the runtime's own API. */
final class JsonAnswers {

    private static final String JSON = "application/json";

    private JsonAnswers() {}

    static HttpResponse of(int status, ObjectNode body) {
        try {
            return HttpResponse.of(status, JSON, Json.mapper().writeValueAsBytes(body));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("the answer has no JSON form", unwritable);
        }
    }

    static HttpResponse error(int status, String message) {
        return of(status, Json.mapper().createObjectNode().put("error", message));
    }
}
