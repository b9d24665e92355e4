package dev.ingestkit.local.console.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalJson;
import dev.ingestkit.local.journal.RecentDetails;
import dev.ingestkit.local.journal.RecentInvocations;
import dev.ingestkit.local.journal.RecordRange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events and rates of a journal, for readers of the control API. It does nothing until the first reader asks;
 * from then on it takes the journal's new entries five times a second, away from the threads that append them.
 * Thread-safe.
 */
public final class EventFeed implements AutoCloseable {

    /** The number of events held, of which the oldest are dropped first. */
    public static final int CAPACITY = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

    private static final int MAX_ENTRIES_PER_STEP = 2_000;
    private static final int MAX_NEIGHBORS = 50;
    private static final int JOURNAL = 100_000;
    private static final long TICK_MILLIS = 200;

    /** Finds the parts of an event that the journal does not hold. */
    public interface Lookup {

        /** Returns the body of a message in a queue of the runtime; empty if the queue no longer holds it. */
        Optional<String> message(String queue, String messageId);

        /** Returns the bodies of the messages that queues hold by their ids, at most a number of the newest of each queue. */
        Map<String, String> messages(int ofQueue);

        /** Returns the bytes of a record; empty if the runtime no longer holds them or they are at another endpoint. */
        Optional<byte[]> payload(String stream, String shardId, SequenceNumber number);

        /** Returns the output lines of invocations as the log API writes them, oldest first. */
        List<ObjectNode> lines(Set<String> requestIds);
    }

    private final Journal journal;
    private final Clock clock;
    private final Lookup lookup;
    private final EventIndex index;
    private final RateSeries rates = new RateSeries();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private @Nullable ScheduledExecutorService ticker;
    private long seen;
    /** The number of the last invocation that the rates have. */
    private long counted;

    private boolean closed;

    /** Creates a feed of a journal. */
    public EventFeed(Journal journal, Clock clock, Lookup lookup) {
        this.journal = requireNonNull(journal, "journal");
        this.clock = requireNonNull(clock, "clock");
        this.lookup = requireNonNull(lookup, "lookup");
        this.index = new EventIndex(CAPACITY, new Observer());
    }

    /** Passes the index's questions to the lookup and its reports to the rates. */
    private final class Observer implements EventIndex.Observer {
        @Override
        public Optional<String> message(JournalEvent.Parked parked) {
            return lookup.message(parked.queue(), parked.messageId());
        }

        @Override
        public void delivered(Instant at, Duration age) {
            rates.level(at, "ageMillis", Math.max(0, age.toMillis()));
        }

        @Override
        public void stored(Instant at, Duration sinceArrival) {
            rates.stored(at, sinceArrival);
        }
    }

    /** Runs a reader's work on the feed's one thread, since a search may take longer than an I/O thread may wait. */
    <T> CompletableFuture<T> read(Supplier<T> work) {
        journal.details().watch();
        return CompletableFuture.supplyAsync(work, ticker());
    }

    /** Returns the feed's thread, which the first call starts. */
    private synchronized ScheduledExecutorService ticker() {
        ScheduledExecutorService running = ticker;
        if (running == null) {
            running = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("event-feed"));
            ticker = running;
            if (closed) {
                running.shutdownNow();
                return running;
            }
            var unused = running.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return running;
    }

    /** Takes all new entries. */
    private synchronized void catchUp() {
        List<JournalEntry> entries = journal.after(seen, MAX_ENTRIES_PER_STEP);
        while (!entries.isEmpty()) {
            for (JournalEntry entry : entries) {
                index.take(entry);
                rates.take(entry);
            }
            JournalEntry last = entries.get(entries.size() - 1);
            seen = last.number();
            rates.level(last.at(), "inFlight", index.inFlight());
            entries = journal.after(seen, MAX_ENTRIES_PER_STEP);
        }
        for (RecentInvocations.Finished invocation : journal.invocations().after(counted)) {
            rates.take(invocation);
            counted = invocation.number();
        }
    }

    private void tick() {
        try {
            catchUp();
            if (!followers.isEmpty()) {
                journal.details().watch();
            }
        } catch (RuntimeException failed) {
            // If it propagated, no tick would follow.
            LOG.error("the event feed cannot take the journal's entries", failed);
        }
        followers.forEach(EventFeed::serve);
    }

    /** Runs a follower, whose failure is not that of the others. */
    private static void serve(Runnable follower) {
        try {
            follower.run();
        } catch (RuntimeException failed) {
            LOG.error("a follower of events cannot be served", failed);
        }
    }

    /** Calls a listener after each tick until it is closed. */
    AutoCloseable listen(Runnable follower) {
        catchUp();
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    synchronized byte[] search(EventQuery query) {
        catchUp();
        PayloadSearch payloads = new PayloadSearch(query.payload(), lookup, journal.failures());
        EventIndex.Page page = index.search(query, query.condition().and(payloads));
        return JsonBytes.object(json -> {
            writeState(json);
            json.writeNumberField("matched", page.matched());
            json.writeNumberField("unsearched", payloads.unsearched());
            json.writeNumberField("unheld", payloads.unheld());
            write(json, "events", page.events());
        });
    }

    /**
     * Returns the events that have changed after an entry, at most the query's limit, the newest first, and the numbers
     * of those that a list of the query has to drop.
     */
    synchronized Changed changed(long version, EventQuery query) {
        PayloadSearch payloads = new PayloadSearch(query.payload(), lookup, journal.failures());
        EventIndex.Changes changes =
                index.changed(version, query, query.condition().and(payloads));
        byte[] written = JsonBytes.object(json -> {
            writeState(json);
            json.writeNumberField("omitted", changes.omitted());
            write(json, "events", changes.matching());
            json.writeArrayFieldStart("unmatched");
            for (TrackedEvent event : changes.unmatched()) {
                json.writeNumber(event.number);
            }
            json.writeEndArray();
        });
        return new Changed(
                written, changes.matching().size() + changes.unmatched().size());
    }

    /** The events that have changed, as JSON, and their number. */
    record Changed(byte[] json, int events) {}

    synchronized long last() {
        return seen;
    }

    synchronized ObjectNode rates() {
        catchUp();
        rates.level(clock.instant(), "inFlight", index.inFlight());
        ObjectNode json = rates.json(clock.instant());
        json.put("inFlight", index.inFlight());
        return json;
    }

    Optional<ObjectNode> history(long number) {
        Optional<TrackedEvent> event;
        ObjectNode json = Json.mapper().createObjectNode();
        synchronized (this) {
            catchUp();
            event = index.find(number);
            event.ifPresent(found -> json.set("event", JsonBytes.tree(found::write)));
        }
        return event.map(found -> {
            List<JournalEntry> entries = journal.after(0, JOURNAL);
            EventHistory history = EventHistory.of(found, entries);
            ArrayNode list = json.putArray("history");
            history.entries().forEach(entry -> list.add(JournalJson.of(entry)));
            json.put("complete", !entries.isEmpty() && entries.get(0).number() <= found.number);
            ArrayNode halves = json.putArray("halves");
            history.halves(entries).forEach(entry -> halves.add(JournalJson.of(entry)));
            ArrayNode neighbors = json.putArray("neighbors");
            neighbors(found, history, entries).forEach(other -> neighbors.add(JsonBytes.tree(other::write)));
            List<RecentDetails.Kept> details = journal.details().of(history.calls());
            json.set("steps", EventSteps.of(found, details));
            json.put("recorded", requests(details).containsAll(history.detailed()));
            ArrayNode lines = json.putArray("logs");
            lookup.lines(history.invocations()).forEach(lines::add);
            if (found.message != null) {
                new MessageBody(lookup, found.message)
                        .write(json, history.entries(), history.invocations(), journal.failures());
            }
            return json;
        });
    }

    private static Set<String> requests(List<RecentDetails.Kept> details) {
        return details.stream().map(kept -> kept.detail().requestId()).collect(Collectors.toSet());
    }

    private void writeState(JsonGenerator json) throws IOException {
        json.writeNumberField("last", seen);
        json.writeNumberField("held", index.size());
        json.writeNumberField("dropped", index.dropped());
        json.writeNumberField("inFlight", index.inFlight());
    }

    /** Returns the other events of the batch that held an event last. */
    private synchronized List<TrackedEvent> neighbors(
            TrackedEvent event, EventHistory history, List<JournalEntry> journal) {
        Stream<TrackedEvent> batch = event.message == null
                ? history.lastBatch().stream().flatMap(range -> batch(range, history.stored(journal)))
                : index.messages(history.lastMessages());
        return batch.filter(other -> other != event).limit(MAX_NEIGHBORS).toList();
    }

    /** Returns the events of a batch; where the ranges of lanes overlap, those that its invocations have stored. */
    private Stream<TrackedEvent> batch(RecordRange range, Set<String> stored) {
        List<TrackedEvent> held = index.in(range).toList();
        return held.size() <= range.records()
                ? held.stream()
                : held.stream().filter(event -> stored.contains(event.id));
    }

    private static void write(JsonGenerator json, String name, List<TrackedEvent> events) throws IOException {
        json.writeArrayFieldStart(name);
        for (TrackedEvent event : events) {
            event.write(json);
        }
        json.writeEndArray();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (ticker != null) {
            ticker.shutdownNow();
        }
    }
}
