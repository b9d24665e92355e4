package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.PayloadFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of functions behind HTTP APIs. In format 2.0 an answer without {@code statusCode} is itself the body
 * of a 200 in JSON. Stateless.
 */
final class HttpAnswers {

    private static final String TEXT = "text/plain;charset=UTF-8";

    private HttpAnswers() {}

    /** Returns the answer, or throws the gateway's own for a function that failed or whose answer is malformed. */
    static IntegrationAnswer of(Invocation invocation, PayloadFormat format) {
        JsonNode answer = json(invocation.payload());
        if (invocation.failed() || answer == null) {
            throw HttpRejectedException.internal("the function failed: "
                    + (answer == null
                            ? "its answer is not JSON"
                            : answer.path("errorMessage").asText()));
        }
        boolean hasStatus = answer.isObject() && answer.hasNonNull("statusCode");
        if (format == PayloadFormat.V2 && !hasStatus) {
            return inferred(answer);
        }
        if (!hasStatus) {
            throw HttpRejectedException.internal("malformed answer: format 1.0 needs an object with statusCode");
        }
        return new IntegrationAnswer(status(answer.get("statusCode")), headers(answer, format), body(answer), null);
    }

    private static @Nullable JsonNode json(byte[] payload) {
        try {
            JsonNode answer = Json.mapper().readTree(payload);
            return answer == null || answer.isMissingNode() ? null : answer;
        } catch (IOException malformed) {
            // The runtime's functions answer JSON; anything else is a malformed answer.
            return null;
        }
    }

    private static IntegrationAnswer inferred(JsonNode answer) {
        String body = answer.isTextual() ? answer.textValue() : answer.isNull() ? "null" : answer.toString();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("content-type", List.of("application/json"));
        return new IntegrationAnswer(200, headers, body.getBytes(StandardCharsets.UTF_8), null);
    }

    private static int status(JsonNode status) {
        int code = status.asInt();
        if (code < 100 || code > 599) {
            throw HttpRejectedException.internal("malformed answer: statusCode is not 100 to 599: " + status);
        }
        return code;
    }

    private static Map<String, List<String>> headers(JsonNode answer, PayloadFormat format) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("content-type", List.of(TEXT));
        object(answer, "headers")
                .properties()
                .forEach(header -> headers.put(header.getKey(), List.of(text(header.getKey(), header.getValue()))));
        if (format == PayloadFormat.V1) {
            object(answer, "multiValueHeaders").properties().forEach(header -> {
                List<String> values = new ArrayList<>();
                header.getValue().forEach(value -> values.add(text(header.getKey(), value)));
                headers.put(header.getKey(), values);
            });
        } else {
            List<String> cookies = new ArrayList<>(headers.getOrDefault("set-cookie", List.of()));
            answer.path("cookies").forEach(cookie -> cookies.add(text("cookies", cookie)));
            if (!cookies.isEmpty()) {
                headers.put("set-cookie", cookies);
            }
        }
        return headers;
    }

    private static JsonNode object(JsonNode answer, String member) {
        JsonNode object = answer.path(member);
        if (!object.isObject() && !object.isNull() && !object.isMissingNode()) {
            throw HttpRejectedException.internal("malformed answer: " + member + " is not an object");
        }
        return object;
    }

    private static String text(String name, JsonNode value) {
        if (value.isContainerNode()) {
            throw HttpRejectedException.internal("malformed answer: the value of " + name + " is not a string");
        }
        return value.asText();
    }

    private static byte[] body(JsonNode answer) {
        JsonNode member = answer.path("body");
        String body = member.isTextual()
                ? member.textValue()
                : member.isNull() || member.isMissingNode() ? "" : member.toString();
        if (!answer.path("isBase64Encoded").asBoolean()) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException notBase64) {
            throw HttpRejectedException.internal("malformed answer: body is not base64");
        }
    }
}
