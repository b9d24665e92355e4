package dev.ingestkit.local.dynamodb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a page without {@code Limit} cost what the page holds. DynamoDB Local reads the whole rest of the table, or of
 * the query, before it cuts a page at 1 MB, so that reading a large table takes the square of its size; with a limit it
 * reads no further than that. A request without one is given one that lies beyond the page's end: it is doubled until
 * the page is not cut by it, and remembered for the table and index. The pages are the same as without. Thread-safe.
 */
final class PageLimits {

    private static final Set<String> ACTIONS = Set.of("Scan", "Query");
    private static final int FIRST = 1_000;
    private static final int SPARE = 50;
    private static final String LIMIT = "Limit";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Integer> limits = new ConcurrentHashMap<>();

    /** Sends a request, with a limit where that helps and as often as it takes. */
    CompletableFuture<HttpResponse> send(
            String action, byte[] body, Function<byte[], CompletableFuture<HttpResponse>> database) {
        ObjectNode request = ACTIONS.contains(action) ? withoutLimit(body) : null;
        if (request == null) {
            return database.apply(body);
        }
        String source = request.path("TableName").asText() + " "
                + request.path("IndexName").asText();
        return send(request, source, limits.getOrDefault(source, FIRST), database);
    }

    private CompletableFuture<HttpResponse> send(
            ObjectNode request, String source, int limit, Function<byte[], CompletableFuture<HttpResponse>> database) {
        return database.apply(bytes(request.put(LIMIT, limit))).thenCompose(answer -> {
            End end = answer.status() == 200 ? End.of(((HttpResponse.Bytes) answer.body()).content()) : End.OF_DATA;
            if (!end.more()) {
                return CompletableFuture.completedFuture(answer);
            }
            if (end.scanned() >= limit) {
                return send(request, source, limit * 2, database);
            }
            limits.put(source, end.scanned() + end.scanned() / 4 + SPARE);
            return CompletableFuture.completedFuture(answer);
        });
    }

    /** The request, if it sets no limit; what cannot be read is left for DynamoDB to refuse. */
    private static @Nullable ObjectNode withoutLimit(byte[] body) {
        try {
            JsonNode request = JSON.readTree(body);
            return request instanceof ObjectNode fields && !fields.has(LIMIT) ? fields : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    private static byte[] bytes(ObjectNode request) {
        try {
            return JSON.writeValueAsBytes(request);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a request that was read cannot be written", impossible);
        }
    }

    /** Where a page ends: how many items were read for it, and whether there are more. */
    private record End(int scanned, boolean more) {

        static final End OF_DATA = new End(0, false);

        /** Only the page's own fields are looked at; its items are skipped. */
        static End of(byte[] page) {
            int scanned = 0;
            boolean more = false;
            try (JsonParser fields = JSON.createParser(page)) {
                fields.nextToken();
                while (fields.nextToken() == JsonToken.FIELD_NAME) {
                    String name = fields.currentName();
                    fields.nextToken();
                    if (name.equals("ScannedCount")) {
                        scanned = fields.getIntValue();
                    }
                    more |= name.equals("LastEvaluatedKey");
                    fields.skipChildren();
                }
            } catch (IOException malformed) {
                throw new UncheckedIOException("DynamoDB Local answered no JSON", malformed);
            }
            return new End(scanned, more);
        }
    }
}
