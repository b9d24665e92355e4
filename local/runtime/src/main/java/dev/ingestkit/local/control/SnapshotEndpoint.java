package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.state.Snapshots;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Saves, lists, loads and deletes snapshots. Thread-safe.
 *
 * <ul>
 * <li>{@code GET /_ingest/snapshots}: the snapshots with {@code name}, {@code time}, {@code bytes} and {@code events}, and
 * the {@code directory} that they are in
 * <li>{@code POST /_ingest/snapshots}: takes {@code {"action":"save","name":"NAME"}}, with {@code "replace":true} to
 * replace a snapshot of the name, or {@code {"action":"load","name":"NAME"}}, and answers with the snapshot
 * <li>{@code DELETE /_ingest/snapshots/NAME}: deletes a snapshot
 * </ul>
 *
 * <p>A refused request is answered with 400, or with 500 if files cannot be read or written; then nothing has changed.
 */
public final class SnapshotEndpoint implements HttpHandler {

    /** The path of the resource. */
    public static final String PATH = "/_ingest/snapshots";

    private static final String USAGE =
            "the body must be {\"action\":\"save\",\"name\":\"NAME\"} or {\"action\":\"load\",\"name\":\"NAME\"}";

    private final Snapshots snapshots;

    public SnapshotEndpoint(Snapshots snapshots) {
        this.snapshots = requireNonNull(snapshots, "snapshots");
    }

    @FunctionalInterface
    private interface Work {
        ObjectNode run() throws IOException;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = request.rawPath();
        String call = request.method() + " " + (path.startsWith(PATH + "/") ? PATH + "/" : path);
        return switch (call) {
            case "GET " + PATH -> answer(this::list);
            case "POST " + PATH -> answer(() -> change(request));
            case "DELETE " + PATH + "/" -> answer(() -> delete(path.substring(PATH.length() + 1)));
            default ->
                CompletableFuture.completedFuture(JsonAnswers.error(
                        404, "'" + request.method() + " " + path + "' is not a resource of this API"));
        };
    }

    /** Works on a thread of its own: a snapshot takes a while, and requests are served meanwhile. */
    private static CompletionStage<HttpResponse> answer(Work work) {
        return CompletableFuture.supplyAsync(() -> answered(work), task -> DaemonThreads.start("snapshots", task));
    }

    private static HttpResponse answered(Work work) {
        try {
            return JsonAnswers.of(200, work.run());
        } catch (IllegalArgumentException | IllegalStateException refused) {
            return JsonAnswers.error(400, String.valueOf(refused.getMessage()));
        } catch (IOException failed) {
            return JsonAnswers.error(500, String.valueOf(failed.getMessage()));
        }
    }

    private ObjectNode list() throws IOException {
        ObjectNode answer = Json.mapper()
                .createObjectNode()
                .put("directory", snapshots.directory().toString());
        ArrayNode all = answer.putArray("snapshots");
        snapshots.list().forEach(snapshot -> all.add(json(snapshot)));
        return answer;
    }

    private static ObjectNode json(Snapshots.Snapshot snapshot) {
        return Json.mapper()
                .createObjectNode()
                .put("name", snapshot.name())
                .put("time", snapshot.time().toString())
                .put("bytes", snapshot.bytes())
                .put("events", snapshot.events());
    }

    private ObjectNode change(HttpRequest request) throws IOException {
        JsonNode body;
        try {
            body = Json.mapper().readTree(request.body());
        } catch (IOException notJson) {
            throw new IllegalArgumentException(USAGE + ": " + notJson.getMessage(), notJson);
        }
        String name = body.path("name").asText();
        return switch (name.isEmpty() ? "" : body.path("action").asText()) {
            case "save" -> json(snapshots.save(name, body.path("replace").asBoolean()));
            case "load" -> json(snapshots.load(name));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private ObjectNode delete(String encodedName) throws IOException {
        snapshots.delete(URLDecoder.decode(encodedName, StandardCharsets.UTF_8));
        return list();
    }
}
