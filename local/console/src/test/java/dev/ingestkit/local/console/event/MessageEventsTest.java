package dev.ingestkit.local.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.journal.JournalEvent.Dropped.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that entered by a queue, a topic, a rule or a schedule. */
final class MessageEventsTest {

    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";
    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:notices";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:worker";
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    private final EventIndex index = new EventIndex(10, new EventIndex.Observer() {
        @Override
        public Optional<String> message(JournalEvent.Parked parked) {
            return Optional.empty();
        }

        @Override
        public void delivered(Instant at, Duration age) {
            throw new AssertionError("no record is delivered");
        }

        @Override
        public void stored(Instant at, Duration sinceArrival) {
            throw new AssertionError("nothing is stored");
        }
    });

    private long entries;

    private void take(JournalEvent event) {
        entries++;
        index.take(new JournalEntry(entries, START.plusSeconds(entries), event));
    }

    private void queued(String messageId, String... bodyIds) {
        take(new JournalEvent.Queued("jobs", messageId, 9, null, List.of(bodyIds)));
    }

    private void moved(String messageId) {
        take(new JournalEvent.Queued("dead", messageId, 9, "jobs", List.of()));
    }

    private void invoked(Outcome outcome, List<String> ids, String... failed) {
        String error = outcome == Outcome.SUCCEEDED ? null : "poison is refused";
        take(new JournalEvent.Invoked(
                QUEUE,
                FUNCTION,
                "r",
                ids,
                List.of(failed),
                List.of(),
                new AttemptResult(failed.length, 1, outcome, error, 700)));
    }

    private List<TrackedEvent> found(String query) {
        EventQuery parsed = EventQuery.parse(query);
        return index.search(parsed, parsed.condition()).events();
    }

    private TrackedEvent event(String id) {
        return found("id=" + id).get(0);
    }

    private static JsonNode json(TrackedEvent event) {
        return JsonBytes.tree(event::write);
    }

    @Test
    void aMessageIsAnEventNamedByTheFirstIdInItsBody() {
        queued("m1", "Order-1", "77");
        queued("m2");

        assertThat(found("")).extracting(event -> event.id).containsExactly("m2", "Order-1");
        assertThat(json(event("m1")).toString())
                .isEqualTo("{\"number\":1,\"version\":1,\"id\":\"Order-1\",\"state\":\"queued\","
                        + "\"at\":\"2026-01-31T10:00:01Z\",\"attempts\":0,\"bytes\":9,\"queue\":\"jobs\","
                        + "\"messageId\":\"m1\",\"bodyIds\":[\"Order-1\",\"77\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id=m1", "id=Order-1", "id=77", "text=order-", "text=M1", "text=77", "queue=jobs&id=m1"})
    void eachIdFindsAMessage(String query) {
        queued("m1", "Order-1", "77");
        queued("other", "x");

        assertThat(found(query)).extracting(event -> event.id).containsExactly("Order-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id=m", "id=Order", "id=rder-1", "id=7", "id=", "id=order-1", "queue=job", "queue="})
    void aPartOfAnIdIsNotTheId(String query) {
        queued("m1", "Order-1", "77");

        assertThat(found(query)).isEmpty();
    }

    @Test
    void aMessageThatLeavesItsQueueWithoutAnInvocationIsFinished() {
        queued("m1");
        queued("m2");
        queued("m3");
        queued("m4");
        invoked(Outcome.SUCCEEDED, List.of("m1"));
        invoked(Outcome.FAILED, List.of("m4"));
        take(new JournalEvent.Dropped("jobs", Cause.FILTERED, List.of("m2")));
        take(new JournalEvent.Dropped("jobs", Cause.EXPIRED, List.of("m3")));
        take(new JournalEvent.Dropped("others", Cause.PURGED, List.of()));
        assertThat(index.inFlight()).isEqualTo(1);
        take(new JournalEvent.Dropped("jobs", Cause.PURGED, List.of()));

        assertThat(found(""))
                .extracting(TrackedEvent::state)
                .containsExactly(EventState.EXPIRED, EventState.EXPIRED, EventState.FILTERED, EventState.PROCESSED);
        assertThat(event("m4").reason()).isEqualTo("purged from jobs");
        assertThat(index.inFlight()).isZero();
    }

    @Test
    void aMessageWhoseBodyIsNoLongerKnownLeavesASearchOfPayloads() {
        queued("m1", "a");
        queued("m2", "b");
        EventQuery query = EventQuery.parse("payload=x");

        EventIndex.Changes changes = index.changed(0, query, query.condition().and(event -> event.id.equals("b")));

        assertThat(changes.matching()).extracting(event -> event.id).containsExactly("b");
        assertThat(changes.unmatched()).extracting(event -> event.id).containsExactly("a");
    }

    @Test
    void aMessageIsProcessedByTheInvocationThatDoesNotReportIt() {
        queued("m1", "a");
        queued("m2", "b");
        invoked(Outcome.PARTIAL, List.of("m1", "m2"), "m2");

        assertThat(event("a").state()).isEqualTo(EventState.PROCESSED);
        assertThat(event("b").state()).isEqualTo(EventState.IN_FLIGHT);
        assertThat(event("b").reason()).isEqualTo("poison is refused");
        assertThat(index.inFlight()).isEqualTo(1);

        invoked(Outcome.SUCCEEDED, List.of("m2"));

        assertThat(event("b").state()).isEqualTo(EventState.PROCESSED);
        assertThat(event("b").attempts()).isEqualTo(2);
        assertThat(event("b").reason()).isNull();
        assertThat(index.inFlight()).isZero();
    }

    @Test
    void aMessageThatIsMovedIsDeadWithItsLastError() {
        queued("m1", "a");
        invoked(Outcome.FAILED, List.of("m1"), "m1");
        moved("m1");

        assertThat(event("a").state()).isEqualTo(EventState.DEAD);
        assertThat(event("a").reason()).isEqualTo("received too often from jobs: poison is refused");
        assertThat(index.inFlight()).isZero();
        assertThat(found("")).hasSize(1);
    }

    @Test
    void anInvocationThatWasNotPossibleIsNoAttempt() {
        queued("m1", "a");
        invoked(Outcome.NOT_INVOKED, List.of("m1"), "m1");

        assertThat(event("a").attempts()).isZero();
        assertThat(event("a").state()).isEqualTo(EventState.IN_FLIGHT);
    }

    @Test
    void anEventOfATopicHasALifeInEachFunction() {
        for (String function : List.of(FUNCTION, FUNCTION + "2")) {
            Outcome outcome = function.equals(FUNCTION) ? Outcome.SUCCEEDED : Outcome.FAILED;
            take(new JournalEvent.Invoked(
                    TOPIC,
                    function,
                    "r",
                    List.of("n1"),
                    List.of(),
                    List.of("a"),
                    new AttemptResult(0, 1, outcome, null, 700)));
        }

        assertThat(found("id=a"))
                .extracting(TrackedEvent::state)
                .containsExactly(EventState.IN_FLIGHT, EventState.PROCESSED);
        assertThat(json(event("n1")).path("source").asText()).isEqualTo(TOPIC);
    }

    @Test
    void whatAFunctionSendsIsAnEventOnceAFunctionReadsTheQueue() {
        take(new JournalEvent.Parked("r", "writer", "jobs", "m1", 9, List.of("a")));
        assertThat(found("")).isEmpty();

        invoked(Outcome.SUCCEEDED, List.of("m1"));
        take(new JournalEvent.Parked("r", "writer", "jobs", "m2", 9, List.of("b")));

        assertThat(event("a").state()).isEqualTo(EventState.PROCESSED);
        assertThat(event("b").state()).isEqualTo(EventState.QUEUED);
    }

    @Test
    void theOldestMessagesAreDropped() {
        for (int number = 1; number <= 25; number++) {
            queued("m" + number, "id-" + number);
        }
        invoked(Outcome.FAILED, List.of("m25", "m1"), "m25", "m1");

        assertThat(index.size()).isEqualTo(10);
        assertThat(index.dropped()).isEqualTo(16);
        assertThat(event("id-25").state()).isEqualTo(EventState.IN_FLIGHT);
        assertThat(found("id=id-1")).isEmpty();
        for (int number = 30; number <= 45; number++) {
            queued("m" + number);
        }
        assertThat(index.inFlight()).isZero();
    }
}
