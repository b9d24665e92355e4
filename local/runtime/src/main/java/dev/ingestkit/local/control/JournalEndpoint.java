package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.StreamingBody;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Returns journal entries as NDJSON: the recorded ones, or future ones as well. */
final class JournalEndpoint {

    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_ENTRIES_PER_WRITE = 1_000;
    static final String NDJSON = "application/x-ndjson";

    private final Journal journal;

    JournalEndpoint(Journal journal) {
        this.journal = requireNonNull(journal, "journal");
    }

    HttpResponse answer(HttpRequest request) {
        QueryParameters query = new QueryParameters(request.rawQuery());
        long after;
        int limit;
        try {
            after = query.number("after", 0);
            limit = (int) Math.min(MAX_ENTRIES, query.number("limit", MAX_ENTRIES));
        } catch (IllegalArgumentException invalid) {
            return HttpResponse.text(400, invalid.getMessage() + "\n");
        }
        if (!query.flag("follow")) {
            return HttpResponse.of(200, NDJSON, lines(journal.after(after, limit)));
        }
        return new HttpResponse(
                200, Map.of("Content-Type", List.of(NDJSON)), new HttpResponse.Streamed(sink -> follow(sink, after)));
    }

    private void follow(StreamingBody.Sink sink, long after) {
        Follower follower = new Follower(sink, after);
        AutoCloseable subscription = journal.listen(follower::drain);
        follower.subscription.set(subscription);
        sink.onClosed(follower::close);
        follower.drain();
    }

    private static byte[] lines(List<JournalEntry> entries) {
        StringBuilder text = new StringBuilder();
        for (JournalEntry entry : entries) {
            text.append(JournalJson.of(entry)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A client that follows the journal. The appending thread sends its entries, one thread at a time; other threads
     * only record that there are more. Writing waits for a slow client; entries that the journal drops meanwhile appear
     * as a gap in the numbers.
     */
    private final class Follower {
        private final StreamingBody.Sink sink;
        private final AtomicReference<AutoCloseable> subscription = new AtomicReference<>(() -> {});
        private final AtomicBoolean draining = new AtomicBoolean();
        private volatile boolean closed;
        private volatile boolean ready = true;
        private volatile long seen;

        Follower(StreamingBody.Sink sink, long seen) {
            this.sink = sink;
            this.seen = seen;
        }

        /** Sends all new entries. The check at the end catches an append whose drain found this one still running. */
        void drain() {
            do {
                if (!draining.compareAndSet(false, true)) {
                    return;
                }
                try {
                    send();
                } finally {
                    draining.set(false);
                }
            } while (!closed && ready && journal.last() > seen);
        }

        private void send() {
            if (closed || !ready) {
                return;
            }
            List<JournalEntry> entries = journal.after(seen, MAX_ENTRIES_PER_WRITE);
            if (entries.isEmpty()) {
                return;
            }
            seen = entries.get(entries.size() - 1).number();
            ready = false;
            if (sink.write(lines(entries))) {
                sink.whenReady(this::goOn);
            } else {
                close();
            }
        }

        private void goOn() {
            ready = true;
            drain();
        }

        void close() {
            closed = true;
            try {
                subscription.getAndSet(() -> {}).close();
            } catch (Exception impossible) {
                throw new IllegalStateException("unsubscribing cannot fail", impossible);
            }
        }
    }
}
