package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalJson;
import dev.ingestkit.local.journal.RecordRange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JournalParserTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");
    private static final String SHARD = "shardId-000000000003";
    private static final RecordRange RANGE = new RecordRange(SHARD, "12", "14", 3);
    private static final List<JournalEvent> EVENTS = List.of(
            new JournalEvent.Accepted("r", 200, "POST", "/submit/s/a", SHARD, "12", 5, 900),
            new JournalEvent.Accepted("r", 200, "POST", "/submit/s/a", null, null, 5, 900),
            new JournalEvent.Rejected("r", 429, "POST", "/submit/s/a", "Throttled"),
            new JournalEvent.Put("s", SHARD, "12", "key", 5),
            new JournalEvent.Queued("queue", "message", 9, null, List.of("order-1")),
            new JournalEvent.Queued("dead", "message", 9, "queue", List.of()),
            new JournalEvent.Delivered("m", "f", "s", RANGE, 2, 1),
            new JournalEvent.Attempt(
                    "m",
                    "f",
                    "r",
                    RANGE,
                    2,
                    new AttemptResult(2, 1, JournalEvent.Attempt.Outcome.PARTIAL, "error", 700)),
            new JournalEvent.Attempt(
                    "m",
                    "f",
                    null,
                    RANGE,
                    2,
                    new AttemptResult(3, 1, JournalEvent.Attempt.Outcome.NOT_INVOKED, null, 7)),
            new JournalEvent.Stored("r", "f", "table", "key"),
            new JournalEvent.Parked("r", "f", "queue", "message", 9, List.of("order-1", "7")),
            new JournalEvent.DeadLetter("m", "RetryAttemptsExhausted", "queue", "s", RANGE, "message"),
            new JournalEvent.Filtered("m", SHARD, List.of("12", "13")),
            new JournalEvent.Expired("s", SHARD, "14", 3),
            new JournalEvent.Dropped("queue", JournalEvent.Dropped.Cause.EXPIRED, List.of("message")),
            new JournalEvent.Fault("kinesis-put", "error", "s"),
            new JournalEvent.Function("f", "started", null),
            new JournalEvent.Invoked(
                    "arn:aws:sqs:us-east-1:000000000000:orders",
                    "f",
                    "r",
                    List.of("1", "2"),
                    List.of("2"),
                    List.of("order-1"),
                    new AttemptResult(1, 1, JournalEvent.Attempt.Outcome.PARTIAL, "error", 700)));

    @Test
    void everyKindIsReadAsWritten() throws IOException {
        for (JournalEvent event : EVENTS) {
            JournalEntry entry = new JournalEntry(7, NOW, event);

            assertThat(JournalParser.parse(JournalJson.of(entry).toString())).isEqualTo(entry);
        }
        assertThat(EVENTS).extracting(JournalEvent::kind).contains(JournalEvent.Kind.values());
    }

    @Test
    void theMembersOfABatchStandFlatInItsLine() {
        JournalEntry entry = new JournalEntry(
                7,
                NOW,
                new JournalEvent.Attempt(
                        "m",
                        "f",
                        "r",
                        RANGE,
                        2,
                        new AttemptResult(2, 1, JournalEvent.Attempt.Outcome.PARTIAL, null, 700)));

        assertThat(JournalJson.of(entry))
                .hasToString("{\"number\":7,\"at\":\"2026-01-31T12:00:00.123Z\",\"kind\":\"attempt\","
                        + "\"mapping\":\"m\",\"function\":\"f\",\"requestId\":\"r\","
                        + "\"shardId\":\"shardId-000000000003\",\"firstSequenceNumber\":\"12\","
                        + "\"lastSequenceNumber\":\"14\",\"records\":3,\"lane\":2,\"failed\":2,\"attempt\":1,"
                        + "\"outcome\":\"partial\",\"error\":null,\"micros\":700}");
    }

    @Test
    void anUnknownKindIsReportedWithARemedy() {
        assertThatThrownBy(() -> JournalParser.parse("{\"number\":1,\"at\":\"" + NOW + "\",\"kind\":\"moved\"}"))
                .isInstanceOfSatisfying(CliException.class, error -> {
                    assertThat(error.text()).isEqualTo("unknown kind of journal entry 'moved'");
                    assertThat(error.hints()).isNotEmpty();
                });
    }
}
