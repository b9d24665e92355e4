package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.journal.RecentFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of messages for one search: of those that a queue holds among its newest {@value #MAX_OF_QUEUE}, and of those
 * for which a function has failed while the journal keeps the invocation's event. Reads on first use. Not thread-safe.
 */
final class KnownBodies {

    static final int MAX_OF_QUEUE = 10_000;

    private final EventFeed.Lookup lookup;
    private final RecentFailures failures;
    private @Nullable Map<String, String> held;
    private @Nullable Map<String, byte[]> failed;
    private String parsedRequest = "";
    private Map<String, String> parsed = Map.of();
    private long parsedBytes;

    KnownBodies(EventFeed.Lookup lookup, RecentFailures failures) {
        this.lookup = lookup;
        this.failures = failures;
    }

    /** Returns the body of a queue's message, or the event of another source. */
    Optional<String> of(TrackedEvent event, MessageOrigin message) {
        String body = message.isQueue ? held().get(message.messageId) : null;
        String request = event.failedRequest();
        byte[] failure = body != null || request == null ? null : failed().get(request);
        if (request == null || failure == null) {
            return Optional.ofNullable(body);
        }
        return Optional.ofNullable(
                message.isQueue
                        ? bodies(request, failure).get(message.messageId)
                        : new String(failure, StandardCharsets.UTF_8));
    }

    /** Returns the bytes of events that have been parsed. */
    long parsedBytes() {
        return parsedBytes;
    }

    private Map<String, String> held() {
        Map<String, String> known = held == null ? lookup.messages(MAX_OF_QUEUE) : held;
        held = known;
        return known;
    }

    private Map<String, byte[]> failed() {
        Map<String, byte[]> known = failed;
        if (known == null) {
            known = new HashMap<>();
            for (RecentFailures.Failure failure : failures.all()) {
                known.put(failure.requestId(), failure.event());
            }
            failed = known;
        }
        return known;
    }

    /** Returns the bodies of a batch by the ids of its messages; neighbors in the list are mostly of one batch. */
    private Map<String, String> bodies(String request, byte[] event) {
        if (!request.equals(parsedRequest)) {
            parsedRequest = request;
            parsedBytes += event.length;
            parsed = in(event);
        }
        return parsed;
    }

    /** Returns the bodies in an event of SQS by the ids of its messages; none if it is not one. */
    static Map<String, String> in(byte[] event) {
        Map<String, String> bodies = new HashMap<>();
        try {
            for (JsonNode record : Json.exactMapper().readTree(event).path("Records")) {
                bodies.put(
                        record.path("messageId").asText(), record.path("body").asText());
            }
        } catch (JsonProcessingException notJson) {
            return Map.of();
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
        return bodies;
    }
}
