package dev.ingestkit.local.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventIndexTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:writer";
    private static final String SHARD = "shardId-000000000000";
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    private final List<Duration> ages = new ArrayList<>();
    private final EventIndex index = new EventIndex(10, new EventIndex.Observer() {
        @Override
        public Optional<String> message(JournalEvent.Parked parked) {
            return Optional.empty();
        }

        @Override
        public void delivered(Instant at, Duration age) {
            ages.add(age);
        }

        @Override
        public void stored(Instant at, Duration sinceArrival) {
            throw new AssertionError("nothing is stored");
        }
    });

    private void put(int number, Duration after) {
        index.take(new JournalEntry(
                number,
                START.plus(after),
                new JournalEvent.Put(STREAM, SHARD, Integer.toString(number), "id-" + number, 10)));
    }

    @Test
    void aDeliveredBatchReportsTheAgeOfItsNewestRecord() {
        put(1, Duration.ZERO);
        put(2, Duration.ofSeconds(3));
        put(3, Duration.ofSeconds(4));
        RecordRange firstTwo = RecordRange.of(SHARD, SequenceNumber.parse("1"), SequenceNumber.parse("2"), 2);

        index.take(new JournalEntry(
                4, START.plusSeconds(5), new JournalEvent.Delivered("m", FUNCTION, STREAM, firstTwo, 1, 1)));

        assertThat(ages).containsExactly(Duration.ofSeconds(2));
    }
}
