package dev.ingestkit.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventTrackerTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final Map<String, String> parked = new HashMap<>();
    private final List<EventTrace> ended = new ArrayList<>();
    private final EventTracker ways = new EventTracker(
            new EventTracker.Lookup() {
                @Override
                public String id(JsonNode put) {
                    return put.path("partitionKey").asText();
                }

                @Override
                public Map<String, String> parked() {
                    return parked;
                }
            },
            ended::add);

    private long millis;

    private ObjectNode entry(String kind) {
        millis += 10;
        return MAPPER.createObjectNode()
                .put("at", START.plusMillis(millis).toString())
                .put("kind", kind)
                .put("shardId", "shardId-0");
    }

    private void put(String key, int number) {
        ways.take(entry("put")
                .put("partitionKey", key)
                .put("sequenceNumber", "" + number)
                .put("bytes", 2));
    }

    private ObjectNode batch(String kind, int first, int last, int attempt) {
        return entry(kind)
                .put("firstSequenceNumber", "" + first)
                .put("lastSequenceNumber", "" + last)
                .put("attempt", attempt)
                .put("requestId", "request-" + attempt);
    }

    private void delivered(int first, int last, int attempt) {
        ways.take(batch("delivered", first, last, attempt));
    }

    private void attempt(int first, int last, int attempt, String outcome) {
        ObjectNode entry = batch("attempt", first, last, attempt).put("outcome", outcome);
        ways.take(outcome.equals("failed") ? entry.put("error", "Throttled") : entry);
    }

    private void stored(String key) {
        ways.take(entry("stored").put("key", key));
    }

    private List<String> told() {
        return ended.stream()
                .map(way -> "%s %s %s %d%s"
                        .formatted(
                                way.id(),
                                way.status(),
                                way.millis(),
                                way.attempts(),
                                way.reason() == null ? "" : " " + way.reason()))
                .toList();
    }

    @Test
    void anEventIsStoredSoLongAfterItCame() {
        put("a", 1);
        delivered(1, 1, 1);
        stored("a");
        attempt(1, 1, 1, "succeeded");
        ways.pause();

        assertThat(told()).containsExactly("a stored 20.0 1");
        assertThat(ways.pending()).isEmpty();
    }

    @Test
    void versionsOfOneIdAreStoredInTheirOrder() {
        put("a", 1);
        put("a", 2);
        delivered(1, 2, 1);
        stored("a");
        stored("a");

        assertThat(ended).extracting(EventTrace::sequenceNumber).containsExactly("1", "2");
    }

    @Test
    void anEventThatChangedNothingIsToldOnceItsItemCannotComeAnyMore() {
        put("a", 1);
        delivered(1, 1, 1);
        attempt(1, 1, 1, "succeeded");
        assertThat(told()).isEmpty();

        millis += 1_001;
        put("b", 2);

        assertThat(told()).containsExactly("a unchanged 20.0 1");
    }

    @Test
    void anItemThatComesAfterItsInvocationIsStillTheEvents() {
        put("a", 1);
        delivered(1, 1, 1);
        attempt(1, 1, 1, "succeeded");
        stored("a");
        ways.pause();

        assertThat(told()).containsExactly("a stored 30.0 1");
    }

    @Test
    void aRecordWhoseEntryComesAfterItsDeliveryIsFollowedAllTheSame() {
        delivered(1, 2, 1);
        stored("a");
        put("a", 1);
        attempt(1, 2, 1, "succeeded");
        put("b", 2);
        stored("b");
        ways.pause();

        assertThat(told()).containsExactly("a stored 0.0 1", "b stored 10.0 1");
    }

    @Test
    void whatTheMappingGaveUpIsDeadWithItsReasonAndItsAttempts() {
        put("a", 1);
        put("b", 2);
        for (int attempt = 1; attempt <= 3; attempt++) {
            delivered(1, 1, attempt);
            attempt(1, 1, attempt, "failed");
        }
        ways.take(batch("dead-letter", 1, 1, 3).put("condition", "RetryAttemptsExhausted"));

        assertThat(told()).containsExactly("a dead 80.0 3 RetryAttemptsExhausted: Throttled");
        assertThat(ways.pending()).extracting(EventTrace::id).containsExactly("b");
    }

    @Test
    void whatTheFunctionParkedIsDeadWithTheReasonThatTheQueueHas() {
        parked.put(EventTracker.position("shardId-0", "2"), "not-json: unexpected t");
        put("a", 1);
        put("b", 2);
        delivered(1, 2, 1);
        stored("a");
        ways.take(entry("parked").put("requestId", "request-1"));
        attempt(1, 2, 1, "succeeded");

        assertThat(told()).containsExactly("a stored 30.0 1", "b dead 40.0 1 not-json: unexpected t");
    }

    @Test
    void whatIsRejectedFilteredOrExpiredIsNamedSo() {
        ways.take(entry("rejected")
                .put("path", "/submit/s/r-1")
                .put("status", 429)
                .put("reason", "Throttled"));
        put("a", 1);
        put("b", 2);
        put("c", 3);
        ways.take(entry("filtered")
                .set("sequenceNumbers", MAPPER.createArrayNode().add("2")));
        ways.take(entry("expired").put("lastSequenceNumber", "1"));

        assertThat(told())
                .containsExactly("r-1 rejected 0.0 0 HTTP 429 Throttled", "b filtered 20.0 0", "a expired 40.0 0");
        assertThat(ways.pending()).extracting(EventTrace::id).containsExactly("c");
    }
}
