package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.console.event.EventFeed;
import dev.ingestkit.local.console.event.EventsApi;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.journal.RecordRange;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Measures the heap of the console's index of events in this process, without the journal that it is made from. */
final class FeedMemory {

    private static final int BATCH = 100;
    /** The journal holds the entries of more batches than this. */
    private static final int BATCHES_BETWEEN = 50;

    private static final String SHARD = "shardId-000000000000";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:ingest-kit-Writer";
    private static final BigInteger FIRST = new BigInteger("49680475918485651983174232872033104401000000000000000000");

    private final Journal journal = new Journal(Clock.systemUTC());
    private final EventsApi api = new EventsApi(new EventFeed(journal, Clock.systemUTC(), new NothingElse()));
    private final long empty;
    private long sent;

    FeedMemory() {
        read();
        empty = used();
    }

    /** Finds nothing: the index keeps neither messages nor payloads. */
    private static final class NothingElse implements EventFeed.Lookup {
        @Override
        public Optional<String> message(String queue, String messageId) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> payload(String stream, String shardId, SequenceNumber number) {
            return Optional.empty();
        }

        @Override
        public List<ObjectNode> lines(Set<String> requestIds) {
            return List.of();
        }
    }

    /** Appends the entries of a number of stored events, and returns the heap that the index of all of them holds. */
    double megabytesAfter(int events) {
        for (int batch = 0; batch < events / BATCH; batch++) {
            append();
            if (batch % BATCHES_BETWEEN == 0) {
                read();
            }
        }
        read();
        journal.clear();
        return (used() - empty) / 1024.0 / 1024.0;
    }

    private void append() {
        SequenceNumber first = number(sent);
        for (int event = 0; event < BATCH; event++) {
            String number = number(sent + event).toString();
            journal.append(new JournalEvent.Put("ingest-kit-events", SHARD, number, "event-" + (sent + event), 1_024));
        }
        RecordRange range = RecordRange.of(SHARD, first, number(sent + BATCH - 1), BATCH);
        journal.append(new JournalEvent.Delivered("mapping", FUNCTION, "ingest-kit-events", range, 1, 1));
        String request = "request-" + sent;
        for (int event = 0; event < BATCH; event++) {
            journal.append(new JournalEvent.Stored(request, FUNCTION, "ingest-kit-Table", "event-" + (sent + event)));
        }
        journal.append(new JournalEvent.Attempt(
                "mapping", FUNCTION, request, range, 1, new AttemptResult(0, 1, Outcome.SUCCEEDED, null, 5_000)));
        sent += BATCH;
    }

    private static SequenceNumber number(long offset) {
        return SequenceNumber.parse(FIRST.add(BigInteger.valueOf(offset)).toString());
    }

    private void read() {
        api.handle(new HttpRequest("GET", EventsApi.EVENTS, "limit=1", Map.of(), new byte[0], "127.0.0.1"))
                .toCompletableFuture()
                .join();
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
