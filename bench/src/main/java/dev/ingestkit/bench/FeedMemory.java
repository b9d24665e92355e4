package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.console.event.EventFeed;
import dev.ingestkit.local.console.event.EventsApi;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.journal.RecordRange;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Measures the heap of the console's index of events in this process, without the journal that it is made from, and the
 * search in it.
 */
final class FeedMemory {

    private static final int BATCH = 100;
    /** The journal holds the entries of more batches than this. */
    private static final int BATCHES_BETWEEN = 50;
    /** The most messages of a batch that a queue's mapping hands over by default. */
    private static final int MESSAGES = 10;

    private static final String SHARD = "shardId-000000000000";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:ingest-kit-Writer";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:ingest-kit-Jobs";
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
    }

    /** Appends the entries of a number of stored events, and returns the heap that the index of all of them holds. */
    double megabytesAfter(int events) {
        return megabytesAfter(events, this::appendEvents);
    }

    /** Appends the entries of a number of processed messages of a queue, and returns the heap of their index. */
    double megabytesAfterMessages(int messages) {
        return megabytesAfter(messages, this::appendMessages);
    }

    private double megabytesAfter(int events, Runnable append) {
        for (int batch = 0; batch < events / BATCH; batch++) {
            append.run();
            if (batch % BATCHES_BETWEEN == 0) {
                read();
            }
        }
        read();
        journal.clear();
        return (used() - empty) / 1024.0 / 1024.0;
    }

    /** Searches the index, with the reading of the request and the writing of the answer, but not over a port. */
    void search(String query) {
        get("limit=200&" + query);
    }

    private void appendMessages() {
        for (int batch = 0; batch < BATCH / MESSAGES; batch++) {
            List<String> ids = new ArrayList<>();
            for (int message = 0; message < MESSAGES; message++) {
                String id = new UUID(sent, sent).toString();
                ids.add(id);
                List<String> bodyIds = List.of("order-" + sent, "customer-" + sent % BATCH);
                journal.append(new JournalEvent.Queued("ingest-kit-Jobs", id, 1_024, null, bodyIds));
                sent++;
            }
            AttemptResult result = new AttemptResult(0, 1, Outcome.SUCCEEDED, null, 5_000);
            journal.append(
                    new JournalEvent.Invoked(QUEUE, FUNCTION, "request-" + sent, ids, List.of(), List.of(), result));
        }
    }

    private void appendEvents() {
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
        get("limit=1");
    }

    private void get(String query) {
        HttpResponse answer = api.handle(
                        new HttpRequest("GET", EventsApi.EVENTS, query, Map.of(), new byte[0], "127.0.0.1"))
                .toCompletableFuture()
                .join();
        if (answer.status() != 200) {
            throw new IllegalStateException("the search of '%s' answered %d".formatted(query, answer.status()));
        }
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
