package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows and deletes what a queue holds, without receiving it. Thread-safe.
 *
 * <ul>
 * <li>{@code GET /_ingest/queues/NAME/messages?after=SERIAL&limit=M}: messages, oldest first
 * <li>{@code DELETE /_ingest/queues/NAME/messages/ID}: deletes a message
 * </ul>
 */
public final class QueueEndpoint implements HttpHandler {

    /** The prefix of its paths. */
    public static final String PATH = "/_ingest/queues/";

    private static final Pattern PATHS =
            Pattern.compile(Pattern.quote(PATH) + "(?<queue>[^/]+)/messages(/(?<id>[0-9a-f-]+))?");

    private static final int MAX_LIMIT = 1_000;

    private final QueueContents contents;

    /** Creates an endpoint for the queues of a runtime. */
    public QueueEndpoint(QueueContents contents) {
        this.contents = requireNonNull(contents, "contents");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return CompletableFuture.completedFuture(answer(request));
    }

    private HttpResponse answer(HttpRequest request) {
        Matcher path = PATHS.matcher(request.rawPath());
        if (path.matches() && request.method().equals("GET") && path.group("id") == null) {
            return messages(path.group("queue"), new QueryParameters(request.rawQuery()));
        }
        if (path.matches() && request.method().equals("DELETE") && path.group("id") != null) {
            return delete(path.group("queue"), path.group("id"));
        }
        return JsonAnswers.error(
                404,
                "'%s %s' is not a resource of this API: GET %sNAME/messages is"
                        .formatted(request.method(), request.rawPath(), PATH));
    }

    private HttpResponse delete(String queue, String id) {
        return contents.delete(queue, id)
                ? JsonAnswers.of(200, Json.mapper().createObjectNode().put("deleted", id))
                : JsonAnswers.error(404, "the queue '%s' of this runtime holds no message '%s'".formatted(queue, id));
    }

    private HttpResponse messages(String queue, QueryParameters query) {
        long after;
        int limit;
        try {
            after = query.number("after", 0);
            limit = (int) Math.min(MAX_LIMIT, query.number("limit", MAX_LIMIT));
        } catch (IllegalArgumentException invalid) {
            return JsonAnswers.error(400, String.valueOf(invalid.getMessage()));
        }
        return contents.messages(queue, after, limit)
                .map(messages -> {
                    ObjectNode answer = Json.mapper().createObjectNode();
                    ArrayNode list = answer.putArray("messages");
                    messages.forEach(list::add);
                    return JsonAnswers.of(200, answer);
                })
                .orElseGet(() -> JsonAnswers.error(404, "'%s' is not a queue of this runtime".formatted(queue)));
    }
}
