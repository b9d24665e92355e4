package dev.ingestkit.local.console.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.CallDetail;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventsApiTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:writer:live";
    private static final String SHARD = "shardId-000000000000";

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-31T10:00:00Z"), ZoneOffset.UTC);
    private final Journal journal = new Journal(clock);
    private final Map<String, String> messages = new HashMap<>();
    private final Map<String, String> payloads = new HashMap<>();
    private final EventFeed feed = new EventFeed(journal, clock, new EventFeed.Lookup() {
        @Override
        public Optional<String> message(String queue, String messageId) {
            return Optional.ofNullable(messages.get(messageId));
        }

        @Override
        public Map<String, String> messages(int ofQueue) {
            return messages;
        }

        @Override
        public Optional<byte[]> payload(String stream, String shardId, SequenceNumber number) {
            return Optional.ofNullable(payloads.get(number.toString())).map(text -> text.getBytes(UTF_8));
        }

        @Override
        public List<ObjectNode> lines(Set<String> requestIds) {
            return requestIds.stream()
                    .map(id -> Json.mapper().createObjectNode().put("requestId", id))
                    .toList();
        }
    });
    private final EventsApi api = new EventsApi(feed);

    @AfterEach
    void close() {
        feed.close();
    }

    private HttpResponse answer(String path, String query) {
        return api.handle(new HttpRequest("GET", path, query, Map.of(), new byte[0], "127.0.0.1"))
                .toCompletableFuture()
                .join();
    }

    private JsonNode get(String path, String query) throws IOException {
        byte[][] content = new byte[1][];
        answer(path, query).body().match(bytes -> content[0] = bytes, stream -> {});
        return Json.mapper().readTree(content[0]);
    }

    private JsonNode events(String query) throws IOException {
        return get(EventsApi.EVENTS, query).path("events");
    }

    private void put(int number, String id) {
        journal.append(new JournalEvent.Put(STREAM, SHARD, Integer.toString(number), id, 10));
    }

    private static RecordRange range(int first, int last, int records) {
        return RecordRange.of(
                SHARD,
                SequenceNumber.parse(Integer.toString(first)),
                SequenceNumber.parse(Integer.toString(last)),
                records);
    }

    private void delivered(RecordRange range) {
        journal.append(new JournalEvent.Delivered("m", FUNCTION, STREAM, range, 1, 1));
    }

    private void attempt(String requestId, RecordRange range, JournalEvent.Attempt.Outcome outcome) {
        String error = outcome == JournalEvent.Attempt.Outcome.SUCCEEDED ? null : "the table is slow";
        journal.append(new JournalEvent.Attempt(
                "m", FUNCTION, requestId, range, 1, new AttemptResult(0, 1, outcome, error, 2_000)));
    }

    private void stored(String requestId, String key) {
        journal.append(new JournalEvent.Stored(requestId, "writer", "t", key));
    }

    @Test
    void anEventIsStoredOnceItsItemIsWritten() throws IOException {
        put(1, "a");
        delivered(range(1, 1, 1));
        stored("r1", "a");
        attempt("r1", range(1, 1, 1), JournalEvent.Attempt.Outcome.SUCCEEDED);

        JsonNode event = events("").path(0);

        assertThat(event.path("state").asText()).isEqualTo("stored");
        assertThat(event.path("function").asText()).isEqualTo("writer:live");
        assertThat(event.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void aParkedEventIsDeadWithTheMessagesReason() throws IOException {
        messages.put("m1", "{\"sequenceNumber\":\"2\",\"reason\":\"not JSON\"}");
        put(1, "good");
        put(2, "broken");
        delivered(range(1, 2, 2));
        stored("r1", "good");
        journal.append(new JournalEvent.Parked("r1", "writer", "dead", "m1", 40, List.of()));
        attempt("r1", range(1, 2, 2), JournalEvent.Attempt.Outcome.SUCCEEDED);

        assertThat(events("state=dead").findValuesAsText("id")).containsExactly("broken");
        assertThat(events("state=dead").path(0).path("reason").asText()).isEqualTo("not JSON");
        assertThat(events("state=stored").findValuesAsText("id")).containsExactly("good");
    }

    @Test
    void aDeadLetterThatIsRedrivenToTheFunctionIsStored() throws IOException {
        put(1, "a");
        delivered(range(1, 1, 1));
        journal.append(new JournalEvent.DeadLetter("m", "RetryAttemptsExhausted", "q", STREAM, range(1, 1, 1), "x"));
        assertThat(events("state=dead").findValuesAsText("id")).containsExactly("a");
        stored("r2", "a");

        assertThat(events("state=stored").findValuesAsText("id")).containsExactly("a");
        assertThat(get(EventsApi.RATES, "").path("lastMinute").has("p50")).isFalse();
    }

    @Test
    void aBatchOfAnotherLaneFinishesNoEventOfThisOne() throws IOException {
        put(1, "a");
        put(2, "b");
        put(3, "a2");
        delivered(range(1, 3, 2));
        stored("r1", "a");
        stored("r1", "a2");
        attempt("r1", range(1, 3, 2), JournalEvent.Attempt.Outcome.SUCCEEDED);

        assertThat(events("state=in-flight").findValuesAsText("id")).containsExactly("b");
    }

    @Test
    void aGivenUpBatchIsDeadWithTheLastError() throws IOException {
        put(1, "a");
        delivered(range(1, 1, 1));
        attempt("r1", range(1, 1, 1), JournalEvent.Attempt.Outcome.FAILED);
        journal.append(new JournalEvent.DeadLetter("m", "RetryAttemptsExhausted", "q", STREAM, range(1, 1, 1), "x"));

        assertThat(events("reason=table").path(0).path("reason").asText())
                .isEqualTo("RetryAttemptsExhausted: the table is slow");
    }

    @Test
    void searchFindsByTextInAnyCaseAndPages() throws IOException {
        for (int number = 1; number <= 5; number++) {
            put(number, "Order-" + number);
        }

        JsonNode first = get(EventsApi.EVENTS, "text=order&limit=2");
        JsonNode second = get(
                EventsApi.EVENTS,
                "text=order&limit=2&before="
                        + first.path("events").path(1).path("number").asText());

        assertThat(first.path("matched").asInt()).isEqualTo(5);
        assertThat(first.path("events").findValuesAsText("id")).containsExactly("Order-5", "Order-4");
        assertThat(second.path("events").findValuesAsText("id")).containsExactly("Order-3", "Order-2");
    }

    @Test
    void payloadsAreSearchedInAnyCase() throws IOException {
        payloads.put("1", "{\"city\":\"Bergen\"}");
        payloads.put("2", "{\"city\":\"Oslo\"}");
        put(1, "a");
        put(2, "b");
        put(3, "expired");

        JsonNode found = get(EventsApi.EVENTS, "payload=bergen");

        assertThat(found.path("events").findValuesAsText("id")).containsExactly("a");
        assertThat(found.path("matched").asInt()).isEqualTo(1);
        assertThat(found.path("unsearched").asInt()).isZero();
    }

    @Test
    void aPayloadSearchReportsTheEventsItSkipped() throws IOException {
        for (int number = 1; number <= PayloadSearch.MAX_RECORDS + 5; number++) {
            put(number, "a" + number);
        }

        assertThat(get(EventsApi.EVENTS, "payload=x").path("unsearched").asInt())
                .isEqualTo(5);
        assertThat(get(EventsApi.EVENTS, "payload=x&id=a1").path("unsearched").asInt())
                .isZero();
    }

    @Test
    void aHistoryHasTheStepsThatTheJournalLacks() throws IOException {
        put(1, "a");
        journal.details()
                .add(new CallDetail.ApiRequest(
                        "q1",
                        clock.instant(),
                        new CallDetail.Authorizer(
                                "Basic", "ingest", CallDetail.Grounds.CACHE, new CallDetail.Timing(10, 10)),
                        new CallDetail.Mapping(
                                "application/json",
                                "{}".getBytes(UTF_8),
                                "{\"Data\":\"e30=\"}".getBytes(UTF_8),
                                new CallDetail.Timing(1_500, 500)),
                        new CallDetail.Timing(4_000, 2_000)));
        journal.append(new JournalEvent.Accepted("q1", 200, "POST", "/submit/s/a", SHARD, "1", 2, 4_100));
        write("r1", 400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}", "a");
        write("r1", 200, "{}", "other");
        attempt("r1", range(1, 1, 1), JournalEvent.Attempt.Outcome.SUCCEEDED);

        JsonNode steps = get(EventsApi.EVENTS + "/1", "").path("steps");

        assertThat(steps.findValuesAsText("kind")).containsExactly("authorizer", "mapping", "integration", "write");
        assertThat(steps.path(0).path("grounds").asText()).isEqualTo("cache");
        assertThat(steps.path(1).path("output").asText()).isEqualTo("{\"Data\":\"e30=\"}");
        assertThat(steps.path(2).path("millis").asDouble()).isEqualTo(2);
        assertThat(steps.path(2).path("at").asText()).isEqualTo("2026-01-31T10:00:00.004Z");
        assertThat(steps.path(3).path("condition").asText()).isEqualTo("attribute_not_exists(id)");
        assertThat(steps.path(3).path("outcome").asText()).isEqualTo("ConditionalCheckFailedException");
    }

    private void write(String requestId, int status, String answer, String key) {
        String input = "{\"TableName\":\"t\",\"Item\":{\"id\":{\"S\":\"" + key
                + "\"}},\"ConditionExpression\":\"attribute_not_exists(id)\"}";
        journal.details()
                .add(new CallDetail.TableCall(
                        requestId, "PutItem", input.getBytes(UTF_8), status, answer.getBytes(UTF_8), 300));
    }

    @Test
    void aHistoryHasTheHalvesOfAFailedBatchAndItsNeighbors() throws IOException {
        for (int number = 1; number <= 4; number++) {
            put(number, "e" + number);
        }
        for (RecordRange batch : List.of(range(1, 4, 4), range(1, 2, 2), range(3, 4, 2))) {
            boolean failed = batch.holds(SHARD, SequenceNumber.parse("3"));
            delivered(batch);
            attempt(
                    "r" + batch.firstSequenceNumber() + batch.records(),
                    batch,
                    failed ? JournalEvent.Attempt.Outcome.FAILED : JournalEvent.Attempt.Outcome.SUCCEEDED);
        }

        JsonNode history = get(EventsApi.EVENTS + "/3", "");

        assertThat(history.path("halves").findValuesAsText("records")).containsExactly("4", "2", "2");
        assertThat(history.path("neighbors").findValuesAsText("id")).containsExactly("e4");
    }

    @Test
    void aFollowerReceivesTheNumbersOfEventsThatNoLongerMatch() throws IOException {
        put(1, "a");
        put(2, "b");
        put(3, "c");
        delivered(range(1, 2, 2));
        stored("r1", "a");
        feed.search(EventQuery.parse(""));

        JsonNode waiting = changed(0, EventQuery.parse("state=in-flight"));
        JsonNode named = changed(0, EventQuery.parse("state=in-flight&id=b"));
        JsonNode all = changed(0, EventQuery.parse(""));

        assertThat(waiting.path("events").findValuesAsText("id")).containsExactly("c", "b");
        assertThat(waiting.path("unmatched").toString()).isEqualTo("[1]");
        assertThat(named.path("unmatched")).isEmpty();
        assertThat(all.path("unmatched")).isEmpty();
    }

    private JsonNode changed(long version, EventQuery query) throws IOException {
        return Json.mapper().readTree(feed.changed(version, query).json());
    }

    @Test
    void aFollowerLearnsHowManyArrivedBeyondItsLimit() throws IOException {
        put(1, "a");
        put(2, "b");
        feed.search(EventQuery.parse(""));
        JsonNode first = changed(0, EventQuery.parse("limit=1"));
        put(3, "c");
        put(4, "d");
        delivered(range(1, 4, 4));
        feed.search(EventQuery.parse(""));

        JsonNode second = changed(first.path("last").asLong(), EventQuery.parse("limit=1"));

        assertThat(first.path("events").findValuesAsText("id")).containsExactly("b");
        assertThat(first.path("omitted").asInt()).isEqualTo(1);
        assertThat(second.path("events").findValuesAsText("id")).containsExactly("d");
        assertThat(second.path("omitted").asInt()).isEqualTo(1);
    }

    @Test
    void anEventThatHasLostItsReasonNoLongerMatchesTheText() throws IOException {
        put(1, "a");
        put(2, "b");
        delivered(range(1, 1, 1));
        attempt("r1", range(1, 1, 1), JournalEvent.Attempt.Outcome.FAILED);
        feed.search(EventQuery.parse(""));
        JsonNode failed = changed(0, EventQuery.parse("text=slow"));
        delivered(range(1, 1, 1));
        stored("r2", "a");
        attempt("r2", range(1, 1, 1), JournalEvent.Attempt.Outcome.SUCCEEDED);
        feed.search(EventQuery.parse(""));
        JsonNode stored = changed(failed.path("last").asLong(), EventQuery.parse("text=SLOW"));

        assertThat(failed.path("events").findValuesAsText("id")).containsExactly("a");
        assertThat(failed.path("unmatched")).isEmpty();
        assertThat(stored.path("events")).isEmpty();
        assertThat(stored.path("unmatched").toString()).isEqualTo("[1]");
    }

    @Test
    void anUnknownParameterIsNamed() throws IOException {
        assertThat(answer(EventsApi.EVENTS, "state=gone").status()).isEqualTo(400);
        assertThat(get(EventsApi.EVENTS, "state=gone").path("error").asText())
                .contains("'gone' is not a state; allowed are queued, in-flight, stored");
        assertThat(get(EventsApi.EVENTS, "sate=dead").path("error").asText()).contains("'sate' is not a parameter");
        assertThat(get(EventsApi.EVENTS, "from=yesterday").path("error").asText())
                .contains("2026-01-31T10:00:00Z");
        assertThat(get(EventsApi.EVENTS, "limit=0").path("error").asText()).contains("1 to 1000");
    }

    @Test
    void aHistoryHoldsTheEntriesOfOneEventOnly() throws IOException {
        put(1, "a");
        put(2, "b");
        delivered(range(1, 1, 1));
        delivered(range(2, 2, 1));
        stored("r1", "a");
        stored("r2", "b");
        attempt("r1", range(1, 1, 1), JournalEvent.Attempt.Outcome.SUCCEEDED);
        attempt("r2", range(2, 2, 1), JournalEvent.Attempt.Outcome.SUCCEEDED);

        JsonNode history = get(EventsApi.EVENTS + "/1", "");

        assertThat(history.path("history").findValuesAsText("kind"))
                .containsExactly("put", "delivered", "stored", "attempt");
        assertThat(history.path("logs").findValuesAsText("requestId")).containsExactly("r1");
        assertThat(history.path("complete").asBoolean()).isTrue();
        assertThat(answer(EventsApi.EVENTS + "/99", "").status()).isEqualTo(404);
    }

    @Test
    void anIntervalHasTheEventsInFlight() throws IOException {
        put(1, "a");
        put(2, "b");
        delivered(range(1, 1, 1));
        stored("r1", "a");

        JsonNode now = get(EventsApi.RATES, "").path("intervals").path(RateSeries.INTERVALS - 1);

        assertThat(now.path("inFlight").asInt()).isEqualTo(1);
        assertThat(now.path("ageMillis").isNumber()).isTrue();
    }

    @Test
    void ratesCountTheLastInterval() throws IOException {
        journal.append(new JournalEvent.Function("writer", "started", "handler loaded in 80 ms"));
        put(1, "a");
        delivered(range(1, 1, 1));
        stored("r1", "a");
        journal.invocations().add(FUNCTION, false, 80);

        JsonNode rates = get(EventsApi.RATES, "");
        JsonNode now = rates.path("intervals").path(RateSeries.INTERVALS - 1);

        assertThat(rates.path("intervals")).hasSize(RateSeries.INTERVALS);
        assertThat(now.path("put").asInt()).isEqualTo(1);
        assertThat(now.path("stored").asInt()).isEqualTo(1);
        assertThat(rates.path("functions").path("writer").path("invocations").asInt())
                .isEqualTo(1);
        assertThat(rates.path("functions").path("writer").path("coldStarts").asInt())
                .isEqualTo(1);
    }
}
