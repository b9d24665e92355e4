package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks events by a journal's entries, and reports the outcome of each. The journal names a stored item by its key, a
 * batch by its range of sequence numbers, and a parked message by its invocation; this class relates them. Memory grows
 * only with the events in flight. Not thread-safe.
 */
public final class EventTracker {

    /** Looks up data that the journal does not hold. */
    public interface Lookup {
        /** Returns the id of the event in a record. */
        String id(JournalEvent.Put put);

        /** Returns the reasons of the parked records in the queue, by {@link #position}. */
        Map<String, String> parked();
    }

    /** The delay by which an item's entry may follow that of the invocation that stored it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Lookup lookup;
    private final Consumer<EventTrace> finished;
    private final Map<String, NavigableMap<SequenceNumber, PendingEvent>> shards = new HashMap<>();
    private final Map<String, List<PendingEvent>> byId = new HashMap<>();
    private final Deque<AwaitingStore> awaitingStore = new ArrayDeque<>();
    private final RecentBatches recent = new RecentBatches();
    private final Set<String> parkedBy = new HashSet<>();

    /**
     * Creates a tracker without events.
     *
     * @param finished receives each finished event, in order
     */
    public EventTracker(Lookup lookup, Consumer<EventTrace> finished) {
        this.lookup = requireNonNull(lookup, "lookup");
        this.finished = requireNonNull(finished, "finished");
    }

    /** An event whose batch succeeded, and whose item has not been seen yet. */
    private record AwaitingStore(PendingEvent event, Instant at) {}

    /** Returns the position of a record, as a lookup names it. */
    public static String position(String shard, String sequenceNumber) {
        return shard + " " + sequenceNumber;
    }

    /** Processes the next entry. */
    public void take(JournalEntry entry) {
        Instant at = entry.at();
        JournalEvent event = entry.event();
        finishUnchanged(at.minus(GRACE));
        switch (event.kind()) {
            case PUT -> put((JournalEvent.Put) event, at);
            case REJECTED -> finished.accept(rejected((JournalEvent.Rejected) event, at));
            case DELIVERED -> delivered((JournalEvent.Delivered) event);
            case ATTEMPT -> attempt((JournalEvent.Attempt) event, at);
            case STORED -> stored(((JournalEvent.Stored) event).key(), at);
            case PARKED -> parked((JournalEvent.Parked) event);
            case DEAD_LETTER -> deadLetter((JournalEvent.DeadLetter) event, at);
            case FILTERED -> filtered((JournalEvent.Filtered) event, at);
            case EXPIRED -> expired((JournalEvent.Expired) event, at);
            case ACCEPTED, FAULT, FUNCTION, INVOKED -> {
                // accepted repeats put; the others concern no event of a stream
            }
        }
    }

    /** Reports outcomes that later entries would confirm, since no more entries come for now. */
    public void pause() {
        finishUnchanged(Instant.MAX);
    }

    private void finishUnchanged(Instant until) {
        while (!awaitingStore.isEmpty() && awaitingStore.getFirst().at().isBefore(until)) {
            AwaitingStore next = awaitingStore.removeFirst();
            if (next.event().open()) {
                finish(next.event(), EventStatus.UNCHANGED, next.at(), null);
            }
        }
    }

    /** Returns the events in flight, oldest first within each shard. */
    public List<EventTrace> pending() {
        List<EventTrace> open = new ArrayList<>();
        shards.values().forEach(events -> events.values().forEach(event -> open.add(event.pending())));
        return open;
    }

    private void put(JournalEvent.Put put, Instant at) {
        open(new PendingEvent(lookup.id(put), at, put));
    }

    private void parked(JournalEvent.Parked parked) {
        if (parked.requestId() != null) {
            parkedBy.add(parked.requestId());
        }
    }

    private void deadLetter(JournalEvent.DeadLetter batch, Instant at) {
        finish(inRange(batch.range()), EventStatus.DEAD, at, batch.condition());
    }

    private void expired(JournalEvent.Expired records, Instant at) {
        SequenceNumber last = SequenceNumber.parse(records.lastSequenceNumber());
        finish(shard(records.shardId()).headMap(last, true), EventStatus.EXPIRED, at, null);
    }

    private void open(PendingEvent event) {
        shards.computeIfAbsent(event.shard(), name -> new TreeMap<>()).put(event.sequenceNumber(), event);
        byId.computeIfAbsent(event.id(), id -> new ArrayList<>(1)).add(event);
        recent.with(event.shard(), event.sequenceNumber()).ifPresent(batch -> openedLate(event, batch));
    }

    /** Handles an event whose batch was already delivered, or even finished. */
    private void openedLate(PendingEvent event, RecentBatches.Batch batch) {
        event.attempt(batch.attempt());
        Optional<Instant> stored = recent.takeStored(event.id());
        if (stored.isPresent()) {
            finish(event, EventStatus.STORED, stored.get(), null);
        } else if (batch.succeeded() != null) {
            awaitingStore.addLast(new AwaitingStore(event, batch.succeeded()));
        }
    }

    private void delivered(JournalEvent.Delivered batch) {
        remember(batch.range(), batch.attempt(), null);
        inRange(batch.range()).values().forEach(event -> event.attempt(batch.attempt()));
    }

    private void finish(PendingEvent event, EventStatus status, Instant at, @Nullable String reason) {
        event.close();
        requireNonNull(shards.get(event.shard())).remove(event.sequenceNumber());
        byId.computeIfPresent(event.id(), (id, events) -> events.remove(event) && events.isEmpty() ? null : events);
        finished.accept(event.finished(status, at, reason));
    }

    private void attempt(JournalEvent.Attempt attempt, Instant at) {
        List<PendingEvent> batch = List.copyOf(inRange(attempt.range()).values());
        batch.forEach(event -> event.failed(attempt.result().error()));
        boolean parked = attempt.requestId() != null && parkedBy.remove(attempt.requestId());
        Map<String, String> reasons = parked && !batch.isEmpty() ? lookup.parked() : Map.of();
        boolean succeeded = attempt.result().outcome() == JournalEvent.Attempt.Outcome.SUCCEEDED;
        remember(attempt.range(), attempt.result().attempt(), succeeded ? at : null);
        for (PendingEvent event : batch) {
            String reason =
                    reasons.get(position(event.shard(), event.sequenceNumber().toString()));
            if (reason != null) {
                finish(event, EventStatus.DEAD, at, reason);
            } else if (succeeded) {
                awaitingStore.addLast(new AwaitingStore(event, at));
            }
        }
    }

    /** Finishes the oldest delivered event of an id, since the versions of an event are stored in order. */
    private void stored(String id, Instant at) {
        byId.getOrDefault(id, List.of()).stream()
                .filter(PendingEvent::attempted)
                .findFirst()
                .ifPresentOrElse(event -> finish(event, EventStatus.STORED, at, null), () -> recent.stored(id, at));
    }

    private void filtered(JournalEvent.Filtered records, Instant at) {
        NavigableMap<SequenceNumber, PendingEvent> events = shard(records.shardId());
        for (String number : records.sequenceNumbers()) {
            Optional.ofNullable(events.get(SequenceNumber.parse(number)))
                    .ifPresent(event -> finish(event, EventStatus.FILTERED, at, null));
        }
    }

    private void finish(
            Map<SequenceNumber, PendingEvent> range, EventStatus status, Instant at, @Nullable String reason) {
        for (PendingEvent event : List.copyOf(range.values())) {
            boolean both = reason != null && event.error() != null;
            finish(event, status, at, both ? reason + ": " + event.error() : reason);
        }
    }

    private static EventTrace rejected(JournalEvent.Rejected request, Instant at) {
        String id = request.path().substring(request.path().lastIndexOf('/') + 1);
        String reason = "HTTP %d %s".formatted(request.status(), request.reason());
        return new EventTrace(id, EventStatus.REJECTED, at, 0.0, 0, reason, null, null, null, 0);
    }

    /** Keeps a batch for events that are seen later; the end of a tumbling window holds none. */
    private void remember(RecordRange range, int attempt, @Nullable Instant succeeded) {
        if (!range.isEmpty()) {
            recent.add(range.shardId(), new RecentBatches.Batch(range.first(), range.last(), attempt, succeeded));
        }
    }

    private NavigableMap<SequenceNumber, PendingEvent> inRange(RecordRange range) {
        if (range.isEmpty()) {
            return new TreeMap<>();
        }
        return shard(range.shardId()).subMap(range.first(), true, range.last(), true);
    }

    private NavigableMap<SequenceNumber, PendingEvent> shard(String shardId) {
        return shards.computeIfAbsent(shardId, name -> new TreeMap<>());
    }
}
