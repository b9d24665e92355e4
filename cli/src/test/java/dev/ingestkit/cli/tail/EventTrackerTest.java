package dev.ingestkit.cli.tail;

import static dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome.FAILED;
import static dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Dropped.Cause;
import dev.ingestkit.local.journal.RecordRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EventTrackerTest {

    private static final String SHARD = "shardId-0";
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final Map<String, String> parked = new HashMap<>();
    private final List<EventTrace> ended = new ArrayList<>();
    private final EventTracker tracker = new EventTracker(
            new EventTracker.Lookup() {
                @Override
                public String id(JournalEvent.Put put) {
                    return put.partitionKey();
                }

                @Override
                public Map<String, String> parked() {
                    return parked;
                }
            },
            ended::add);

    private long millis;

    private void take(JournalEvent event) {
        millis += 10;
        tracker.take(new JournalEntry(millis, START.plusMillis(millis), event));
    }

    private void put(String key, int number) {
        take(new JournalEvent.Put("s", SHARD, "" + number, key, 2));
    }

    private static RecordRange range(int first, int last) {
        return new RecordRange(SHARD, "" + first, "" + last, last - first + 1);
    }

    private void delivered(int first, int last, int attempt) {
        take(new JournalEvent.Delivered("m", "f", "s", range(first, last), 1, attempt));
    }

    private void attempt(int first, int last, int attempt, JournalEvent.Attempt.Outcome outcome) {
        boolean failed = outcome == JournalEvent.Attempt.Outcome.FAILED;
        take(new JournalEvent.Attempt(
                "m",
                "f",
                "request-" + attempt,
                range(first, last),
                1,
                new AttemptResult(
                        failed ? last - first + 1 : 0, attempt, outcome, failed ? "Throttled" : null, 1_000)));
    }

    private void stored(String key) {
        take(new JournalEvent.Stored("request-1", "f", "table", key));
    }

    private List<String> outcomes() {
        return ended.stream()
                .map(trace -> "%s %s %s %d%s"
                        .formatted(
                                trace.id(),
                                trace.status(),
                                trace.millis(),
                                trace.attempts(),
                                trace.reason() == null ? "" : " " + trace.reason()))
                .toList();
    }

    @Test
    void aStoredEventHasItsLatency() {
        put("a", 1);
        delivered(1, 1, 1);
        stored("a");
        attempt(1, 1, 1, SUCCEEDED);
        tracker.pause();

        assertThat(outcomes()).containsExactly("a stored 20.0 1");
        assertThat(tracker.pending()).isEmpty();
    }

    @Test
    void versionsOfAnIdAreStoredInOrder() {
        put("a", 1);
        put("a", 2);
        delivered(1, 2, 1);
        stored("a");
        stored("a");

        assertThat(ended).extracting(EventTrace::sequenceNumber).containsExactly("1", "2");
    }

    @Test
    void anUnchangedEventIsReportedAfterTheGracePeriod() {
        put("a", 1);
        delivered(1, 1, 1);
        attempt(1, 1, 1, SUCCEEDED);
        assertThat(outcomes()).isEmpty();

        millis += 1_001;
        put("b", 2);

        assertThat(outcomes()).containsExactly("a unchanged 20.0 1");
    }

    @Test
    void anItemMayFollowItsInvocation() {
        put("a", 1);
        delivered(1, 1, 1);
        attempt(1, 1, 1, SUCCEEDED);
        stored("a");
        tracker.pause();

        assertThat(outcomes()).containsExactly("a stored 30.0 1");
    }

    @Test
    void aPutEntryMayFollowItsDelivery() {
        delivered(1, 2, 1);
        stored("a");
        put("a", 1);
        attempt(1, 2, 1, SUCCEEDED);
        put("b", 2);
        stored("b");
        tracker.pause();

        assertThat(outcomes()).containsExactly("a stored 0.0 1", "b stored 10.0 1");
    }

    @Test
    void theEndOfATumblingWindowConcernsNoEvent() {
        put("a", 1);
        take(new JournalEvent.Delivered("m", "f", "s", RecordRange.empty(SHARD), 1, 1));
        take(new JournalEvent.Attempt(
                "m", "f", "request-1", RecordRange.empty(SHARD), 1, new AttemptResult(0, 1, SUCCEEDED, null, 1_000)));

        assertThat(outcomes()).isEmpty();
        assertThat(tracker.pending()).extracting(EventTrace::id).containsExactly("a");
    }

    @Test
    void onFailureEventsAreDeadWithReasonAndAttempts() {
        put("a", 1);
        put("b", 2);
        for (int attempt = 1; attempt <= 3; attempt++) {
            delivered(1, 1, attempt);
            attempt(1, 1, attempt, FAILED);
        }
        take(new JournalEvent.DeadLetter("m", "RetryAttemptsExhausted", "queue", "s", range(1, 1), "message"));

        assertThat(outcomes()).containsExactly("a dead 80.0 3 RetryAttemptsExhausted: Throttled");
        assertThat(tracker.pending()).extracting(EventTrace::id).containsExactly("b");
    }

    @Test
    void parkedEventsAreDeadWithTheReasonFromTheQueue() {
        parked.put(EventTracker.position(SHARD, "2"), "not-json: unexpected t");
        put("a", 1);
        put("b", 2);
        delivered(1, 2, 1);
        stored("a");
        take(new JournalEvent.Parked("request-1", "f", "queue", "message", 2, List.of()));
        attempt(1, 2, 1, SUCCEEDED);

        assertThat(outcomes()).containsExactly("a stored 30.0 1", "b dead 40.0 1 not-json: unexpected t");
    }

    @Test
    void rejectedFilteredAndExpiredEventsAreReported() {
        take(new JournalEvent.Rejected("request-1", 429, "POST", "/submit/s/r-1", "Throttled"));
        put("a", 1);
        put("b", 2);
        put("c", 3);
        take(new JournalEvent.Filtered("m", SHARD, List.of("2")));
        take(new JournalEvent.Expired("s", SHARD, "1", 1));

        assertThat(outcomes())
                .containsExactly("r-1 rejected 0.0 0 HTTP 429 Throttled", "b filtered 20.0 0", "a expired 40.0 0");
        assertThat(tracker.pending()).extracting(EventTrace::id).containsExactly("c");
    }

    private void invoked(JournalEvent.Attempt.Outcome outcome, String... ids) {
        take(new JournalEvent.Invoked(
                "arn:aws:sqs:us-east-1:000000000000:jobs",
                "f",
                "r",
                List.of(ids),
                List.of(),
                List.of(),
                new AttemptResult(0, 1, outcome, outcome == FAILED ? "refused" : null, 700)));
    }

    private void queued(String queue, String messageId, @Nullable String from, String... bodyIds) {
        take(new JournalEvent.Queued(queue, messageId, 9, from, List.of(bodyIds)));
    }

    @Test
    void messagesAreEventsWithTheIdsOfTheirBodies() {
        queued("jobs", "m1", null, "order-1", "7");
        queued("jobs", "m2", null);
        queued("jobs", "m3", null, "order-3");
        invoked(SUCCEEDED, "m1");
        invoked(FAILED, "m2");

        assertThat(ended).extracting(EventTrace::id).containsExactly("order-1");
        assertThat(ended.get(0).status()).isEqualTo(EventStatus.PROCESSED);
        assertThat(ended.get(0).millis()).isEqualTo(30.0);
        assertThat(ended.get(0).isMessage("7")).isTrue();
        assertThat(ended.get(0).isMessage("8")).isFalse();
        assertThat(tracker.pending())
                .extracting(EventTrace::id, EventTrace::status)
                .containsExactly(tuple("m2", EventStatus.IN_FLIGHT), tuple("order-3", EventStatus.QUEUED));

        queued("dead", "m2", "jobs");

        assertThat(ended.get(1).status()).isEqualTo(EventStatus.DEAD);
        assertThat(ended.get(1).reason()).isEqualTo("received too often from jobs: refused");
        assertThat(tracker.pending()).hasSize(1);
    }

    @Test
    void messagesThatLeaveTheirQueueWithoutAnInvocationAreFinished() {
        queued("jobs", "m1", null);
        queued("jobs", "m2", null);
        queued("jobs", "m3", null);
        queued("others", "m4", null);
        invoked(SUCCEEDED, "m1");
        take(new JournalEvent.Dropped("jobs", Cause.FILTERED, List.of("m1", "m2")));
        take(new JournalEvent.Dropped("jobs", Cause.PURGED, List.of()));
        take(new JournalEvent.Dropped("others", Cause.EXPIRED, List.of("m4")));

        assertThat(ended)
                .extracting(EventTrace::id, EventTrace::status, EventTrace::reason)
                .containsExactly(
                        tuple("m1", EventStatus.PROCESSED, null),
                        tuple("m2", EventStatus.FILTERED, null),
                        tuple("m3", EventStatus.EXPIRED, "purged from jobs"),
                        tuple("m4", EventStatus.EXPIRED, null));
        assertThat(tracker.pending()).isEmpty();
    }
}
