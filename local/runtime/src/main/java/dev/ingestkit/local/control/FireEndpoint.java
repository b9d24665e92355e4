package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Fires schedules and rules. Thread-safe.
 *
 * <ul>
 * <li>{@code GET /_ingest/fire}: the names that may be fired
 * <li>{@code POST /_ingest/fire}: takes {@code {"name":"NAME","event":{...}}}, where the event may be left out for a
 * schedule, and answers with the event that was sent and its targets
 * </ul>
 */
public final class FireEndpoint implements HttpHandler {

    /** The path of the resource. */
    public static final String PATH = "/_ingest/fire";

    private final Firing firing;

    public FireEndpoint(Firing firing) {
        this.firing = requireNonNull(firing, "firing");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return CompletableFuture.completedFuture(
                switch (request.method()) {
                    case "GET" -> names();
                    case "POST" -> fire(request);
                    default ->
                        JsonAnswers.error(
                                404, "%s does not support %s; use GET or POST".formatted(PATH, request.method()));
                });
    }

    private HttpResponse names() {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode names = answer.putArray("names");
        firing.names().forEach(names::add);
        return JsonAnswers.of(200, answer);
    }

    private HttpResponse fire(HttpRequest request) {
        try {
            JsonNode body = Json.exactMapper().readTree(request.body());
            JsonNode event = body.path("event");
            if (!body.path("name").isTextual() || !(event.isMissingNode() || event.isObject())) {
                return JsonAnswers.error(400, "the body must be {\"name\":\"NAME\",\"event\":{...}}");
            }
            return JsonAnswers.of(
                    200,
                    firing.fire(
                            body.path("name").textValue(),
                            event instanceof ObjectNode object ? Optional.of(object) : Optional.empty()));
        } catch (IOException notJson) {
            return JsonAnswers.error(400, "the body is not JSON: " + notJson.getMessage());
        } catch (IllegalArgumentException refused) {
            return JsonAnswers.error(400, String.valueOf(refused.getMessage()));
        }
    }
}
