package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.time.RuntimeClock;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Shows and moves the runtime's clock. A call that moves it is answered when everything that became due has finished.
 * Thread-safe.
 */
final class ClockEndpoint {

    private static final String USAGE = "the body must be {\"action\":\"freeze\"}, {\"action\":\"resume\"} or"
            + " {\"action\":\"advance\",\"by\":\"PT1H\"}";
    /** Moving further at once is a mistake: every retention period has ended by then. */
    private static final Duration MAX_ADVANCE = Duration.ofDays(366);

    private final RuntimeClock clock;

    ClockEndpoint(RuntimeClock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    HttpResponse show() {
        RuntimeClock.Reading reading = clock.reading();
        ObjectNode answer = Json.mapper()
                .createObjectNode()
                .put("now", reading.now().toString())
                .put("frozen", reading.frozen())
                .put("ahead", reading.ahead().toString());
        return JsonAnswers.of(200, answer);
    }

    CompletionStage<HttpResponse> change(HttpRequest request) {
        JsonNode body;
        try {
            body = Json.mapper().readTree(request.body());
        } catch (IOException notJson) {
            return CompletableFuture.completedFuture(JsonAnswers.error(400, USAGE + ": " + notJson.getMessage()));
        }
        switch (body.path("action").asText()) {
            case "freeze" -> clock.freeze();
            case "resume" -> clock.resume();
            case "advance" -> {
                return advance(body.path("by").asText());
            }
            default -> {
                return CompletableFuture.completedFuture(JsonAnswers.error(400, USAGE));
            }
        }
        return CompletableFuture.completedFuture(show());
    }

    private CompletionStage<HttpResponse> advance(String text) {
        Duration by;
        try {
            by = Duration.parse(text);
        } catch (DateTimeException notDuration) {
            return CompletableFuture.completedFuture(JsonAnswers.error(
                    400, "'%s' is not a duration: give an ISO-8601 duration, such as PT1H or P1D".formatted(text)));
        }
        if (by.isNegative() || by.compareTo(MAX_ADVANCE) > 0) {
            return CompletableFuture.completedFuture(JsonAnswers.error(
                    400, "'%s' must be from PT0S to P366D: a clock does not go back".formatted(text)));
        }
        // Not on the thread of the connection, which functions need meanwhile.
        return CompletableFuture.supplyAsync(() -> moved(by), work -> DaemonThreads.start("clock", work));
    }

    private HttpResponse moved(Duration by) {
        try {
            clock.advance(by);
            return show();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return JsonAnswers.error(503, "the runtime stops");
        }
    }
}
