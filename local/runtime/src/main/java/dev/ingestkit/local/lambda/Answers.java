package dev.ingestkit.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Creates HTTP answers in the REST JSON protocol. */
final class Answers {

    private static final String JSON = "application/json";

    private Answers() {}

    static HttpResponse json(int status, JsonNode body) {
        return HttpResponse.of(status, JSON, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse error(int status, String code, String message) {
        JsonNode body = JsonNodeFactory.instance
                .objectNode()
                .put("Type", status < 500 ? "User" : "Service")
                .put("Message", message)
                .put("message", message);
        return json(status, body).withHeader("x-amzn-ErrorType", code);
    }
}
