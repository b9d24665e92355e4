package dev.ingestkit.local.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shows the events of a shard whose two lanes deliver batches of overlapping ranges. */
final class OverlappingLanesTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:writer:live";
    private static final String SHARD = "shardId-000000000000";

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-31T10:00:00Z"), ZoneOffset.UTC);
    private final Journal journal = new Journal(clock);
    private final EventFeed feed = new EventFeed(journal, clock, new EventFeed.Lookup() {
        @Override
        public Optional<String> message(String queue, String messageId) {
            return Optional.empty();
        }

        @Override
        public Map<String, String> messages(int ofQueue) {
            return Map.of();
        }

        @Override
        public Optional<byte[]> payload(String stream, String shardId, SequenceNumber number) {
            return Optional.empty();
        }

        @Override
        public List<ObjectNode> lines(Set<String> requestIds) {
            return List.of();
        }
    });

    @AfterEach
    void close() {
        feed.close();
    }

    /** Puts four events, of which each lane delivers two in turn. */
    private void deliver(boolean stores) {
        for (int number = 1; number <= 4; number++) {
            journal.append(new JournalEvent.Put(STREAM, SHARD, Integer.toString(number), "e" + number, 10));
        }
        for (int lane = 1; lane <= 2; lane++) {
            RecordRange range = RecordRange.of(
                    SHARD,
                    SequenceNumber.parse(Integer.toString(lane)),
                    SequenceNumber.parse(Integer.toString(lane + 2)),
                    2);
            String request = "r" + lane;
            journal.append(new JournalEvent.Delivered("m", FUNCTION, STREAM, range, lane, 1));
            if (stores) {
                journal.append(new JournalEvent.Stored(request, "writer", "t", "e" + lane));
                journal.append(new JournalEvent.Stored(request, "writer", "t", "e" + (lane + 2)));
            }
            journal.append(new JournalEvent.Attempt(
                    "m",
                    FUNCTION,
                    request,
                    range,
                    lane,
                    new AttemptResult(0, 1, JournalEvent.Attempt.Outcome.SUCCEEDED, null, 2_000)));
        }
    }

    private List<String> neighbors(long number) {
        JsonNode history = feed.history(number).orElseThrow();
        return history.path("neighbors").findValuesAsText("id");
    }

    @Test
    void theOtherLanesEventsAreNoNeighbors() {
        deliver(true);

        assertThat(neighbors(1)).containsExactly("e3");
        assertThat(neighbors(2)).containsExactly("e4");
    }

    @Test
    void neighborsOfAFunctionThatStoresNothingAreUnknown() {
        deliver(false);

        assertThat(neighbors(1)).isEmpty();
    }
}
