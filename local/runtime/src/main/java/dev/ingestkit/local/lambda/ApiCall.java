package dev.ingestkit.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.ServiceException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request with its path split into parts.
 *
 * @param path decoded; the first part is the API's date
 */
record ApiCall(HttpRequest request, List<String> path) {

    ApiCall(HttpRequest request) {
        this(request, parts(request.rawPath()));
    }

    boolean is(String method) {
        return request.method().equals(method);
    }

    Optional<String> parameter(String name) {
        for (String pair : request.rawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decoded(pair.substring(0, equals)).equals(name)) {
                return Optional.of(decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /**
     * Reads the body.
     *
     * @throws ServiceException when the body is not a JSON object
     */
    AwsInput input() {
        try {
            JsonNode body = request.body().length == 0
                    ? JsonNodeFactory.instance.objectNode()
                    : Json.mapper().readTree(request.body());
            if (body.isObject()) {
                return new AwsInput(body);
            }
        } catch (IOException malformed) {
            throw ServiceException.badRequest(
                    "InvalidRequestContentException", "The body is not JSON: " + malformed.getMessage());
        }
        throw ServiceException.badRequest("InvalidRequestContentException", "The body must be a JSON object.");
    }

    private static List<String> parts(String rawPath) {
        List<String> parts = new ArrayList<>();
        for (String part : rawPath.split("/", -1)) {
            if (!part.isEmpty()) {
                // In a path a plus sign stands for itself.
                parts.add(decoded(part.replace("+", "%2B")));
            }
        }
        return parts;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ServiceException.badRequest("InvalidParameterValueException", "Not percent-encoded: " + text);
        }
    }
}
