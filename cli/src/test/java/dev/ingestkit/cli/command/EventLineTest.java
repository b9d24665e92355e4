package dev.ingestkit.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventLineTest {

    private static final String SHARD = "shardId-000000000003";

    private static String line(JournalEvent event) {
        JournalEntry entry = new JournalEntry(1, Instant.parse("2026-03-01T12:00:00.114Z"), event);
        return new EventLine(ZoneOffset.UTC).of(entry);
    }

    @Test
    void showsAFunctionsNameInsteadOfItsArn() {
        JournalEvent event = new JournalEvent.Delivered(
                "m",
                "arn:aws:lambda:us-east-1:000000000000:function:Writer",
                "s",
                new RecordRange(SHARD, "100", "104", 5),
                1,
                2);

        assertThat(line(event)).isEqualTo("12:00:00.114  delivered    Writer  shard-3 100..104  5 records  attempt 2");
    }

    @Test
    void showsTheEndOfALongSequenceNumber() {
        JournalEvent event = new JournalEvent.Put("s", SHARD, "49680475918485651983174232872033104401", "key", 17);

        assertThat(line(event)).isEqualTo("12:00:00.114  put          shard-3 ..3104401  key=key  17 bytes");
    }

    @Test
    void removesControlCharactersOfPayloads() {
        JournalEvent event = new JournalEvent.Stored(null, null, "table", "a\033[2J");

        assertThat(line(event)).isEqualTo("12:00:00.114  stored       table  key=a\uFFFD[2J");
    }

    @Test
    void showsTheSourceOfAnInvocation() {
        JournalEvent event = new JournalEvent.Invoked(
                "arn:aws:sqs:us-east-1:000000000000:orders",
                "arn:aws:lambda:us-east-1:000000000000:function:Worker",
                "r",
                List.of("1", "2"),
                List.of("2"),
                List.of(),
                new AttemptResult(
                        1,
                        1,
                        JournalEvent.Attempt.Outcome.PARTIAL,
                        "the function reported 1 of 2 messages as failed",
                        1_500));

        assertThat(line(event))
                .isEqualTo("12:00:00.114  invoked      Worker  orders  2 events  partial (1 of 2)"
                        + " the function reported 1 of 2 messages as failed  1.5 ms");
    }

    @Test
    void showsWhatEnteredAQueueAndWhatAPolicyMoved() {
        assertThat(line(new JournalEvent.Queued("jobs", "7f3c9a2e", 34, null, List.of("order-1", "7"))))
                .isEqualTo("12:00:00.114  queued       jobs  message 7f3c9a2e  34 bytes  ids order-1, 7");
        assertThat(line(new JournalEvent.Queued("dead", "7f3c9a2e", 34, "jobs", List.of())))
                .isEqualTo("12:00:00.114  queued       dead  message 7f3c9a2e  moved from jobs");
    }
}
