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

/**
 * Shows what a queue holds without receiving it: {@code GET /_ingest/queues/NAME/messages?after=SERIAL&limit=M}.
 * Thread-safe.
 */
public final class QueueEndpoint implements HttpHandler {

    /** The prefix of its paths. */
    public static final String PATH = "/_ingest/queues/";

    private static final String END = "/messages";
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
        String path = request.rawPath();
        if (!request.method().equals("GET") || !path.endsWith(END) || path.length() <= PATH.length() + END.length()) {
            return JsonAnswers.error(
                    404,
                    "'%s %s' is not a resource of this API: GET %sNAME%s is"
                            .formatted(request.method(), path, PATH, END));
        }
        String queue = path.substring(PATH.length(), path.length() - END.length());
        QueryParameters query = new QueryParameters(request.rawQuery());
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
