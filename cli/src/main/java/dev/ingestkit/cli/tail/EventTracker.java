package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordIndex;
import dev.ingestkit.local.journal.RecordRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
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

        /** Returns whether stored items have the events' ids as keys, as in the kit's own table. */
        default boolean storesById() {
            return true;
        }
    }

    /** Returns a lookup that names events by their partition keys, for tables that are not of the kit's layout. */
    public static Lookup byPartitionKey() {
        return new Lookup() {
            @Override
            public String id(JournalEvent.Put put) {
                return put.partitionKey();
            }

            @Override
            public Map<String, String> parked() {
                return Map.of();
            }

            @Override
            public boolean storesById() {
                return false;
            }
        };
    }

    /** The delay by which an item's entry may follow that of the invocation that stored it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Lookup lookup;
    private final Consumer<EventTrace> finished;
    private final MessageTracker messages;
    private final RecordIndex<PendingEvent> records = new RecordIndex<>();
    private final Map<String, List<PendingEvent>> byId = new HashMap<>();
    private final Deque<AwaitingStore> awaitingStore = new ArrayDeque<>();
    private final RecentBatches recent = new RecentBatches();
    private final Set<String> parkedBy = new HashSet<>();
    /** The invocations that have stored items, until their batches end. */
    private final Set<String> storedBy = new LinkedHashSet<>();

    /**
     * Creates a tracker without events.
     *
     * @param finished receives each finished event, in order
     */
    public EventTracker(Lookup lookup, Consumer<EventTrace> finished) {
        this.lookup = requireNonNull(lookup, "lookup");
        this.finished = requireNonNull(finished, "finished");
        this.messages = new MessageTracker(finished);
    }

    /** An event whose batch succeeded, and whose item has not been seen yet; without one it has this status. */
    private record AwaitingStore(PendingEvent event, Instant at, EventStatus status) {}

    /** The number of invocations that are remembered as having stored an item. */
    private static final int MAX_INVOCATIONS = 10_000;

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
            case STORED -> stored((JournalEvent.Stored) event, at);
            case PARKED -> parked((JournalEvent.Parked) event);
            case DEAD_LETTER -> deadLetter((JournalEvent.DeadLetter) event, at);
            case FILTERED -> filtered((JournalEvent.Filtered) event, at);
            case EXPIRED -> expired((JournalEvent.Expired) event, at);
            case QUEUED -> messages.queued((JournalEvent.Queued) event, at);
            case DROPPED -> messages.dropped((JournalEvent.Dropped) event, at);
            case INVOKED -> messages.invoked((JournalEvent.Invoked) event, at);
            case ACCEPTED, FAULT, FUNCTION -> {
                // accepted repeats put; the others concern no event
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
                finish(next.event(), next.status(), next.at(), null);
            }
        }
    }

    /** Returns the events in flight, oldest first within each shard, and the messages after them. */
    public List<EventTrace> pending() {
        return Stream.concat(records.all().map(PendingEvent::pending), messages.pending())
                .toList();
    }

    private void put(JournalEvent.Put put, Instant at) {
        PendingEvent event = new PendingEvent(lookup.id(put), at, put);
        records.add(put, event);
        open(event);
    }

    private void parked(JournalEvent.Parked parked) {
        if (parked.requestId() != null) {
            parkedBy.add(parked.requestId());
        }
    }

    private void deadLetter(JournalEvent.DeadLetter batch, Instant at) {
        finish(records.in(batch), EventStatus.DEAD, at, batch.condition());
    }

    private void expired(JournalEvent.Expired expired, Instant at) {
        finish(records.in(expired), EventStatus.EXPIRED, at, null);
    }

    private void open(PendingEvent event) {
        byId.computeIfAbsent(event.id(), id -> new ArrayList<>(1)).add(event);
        recent.with(shard(event), event.sequenceNumber()).ifPresent(batch -> openedLate(event, batch));
    }

    /** Handles an event whose batch was already delivered, or even finished. */
    private void openedLate(PendingEvent event, RecentBatches.Batch batch) {
        event.attempt(batch.attempt());
        Optional<Instant> stored = recent.takeStored(event.id());
        if (stored.isPresent()) {
            finish(event, EventStatus.STORED, stored.get(), null);
        } else if (batch.succeeded() != null) {
            awaitingStore.addLast(new AwaitingStore(event, batch.succeeded(), unstored(false)));
        }
    }

    /** Returns the status of an event whose batch succeeded without an item under its id. */
    private EventStatus unstored(boolean itemStored) {
        if (lookup.storesById()) {
            return EventStatus.UNCHANGED;
        }
        return itemStored ? EventStatus.STORED : EventStatus.PROCESSED;
    }

    private static String shard(PendingEvent event) {
        return RecordIndex.shard(event.stream(), event.shard());
    }

    private void delivered(JournalEvent.Delivered batch) {
        String shard = records.shardOf(batch);
        remember(shard, batch.range(), batch.attempt(), null);
        records.in(shard, batch.range()).forEach(event -> event.attempt(batch.attempt()));
    }

    private void finish(PendingEvent event, EventStatus status, Instant at, @Nullable String reason) {
        event.close();
        records.remove(shard(event), event.sequenceNumber());
        byId.computeIfPresent(event.id(), (id, events) -> events.remove(event) && events.isEmpty() ? null : events);
        finished.accept(event.finished(status, at, reason));
    }

    private void attempt(JournalEvent.Attempt attempt, Instant at) {
        String shard = records.shardOf(attempt);
        List<PendingEvent> batch = records.in(shard, attempt.range());
        batch.forEach(event -> event.failed(attempt.result().error()));
        boolean parked = attempt.requestId() != null && parkedBy.remove(attempt.requestId());
        Map<String, String> reasons = parked && !batch.isEmpty() ? lookup.parked() : Map.of();
        boolean succeeded = attempt.result().outcome() == JournalEvent.Attempt.Outcome.SUCCEEDED;
        boolean itemStored = attempt.requestId() != null
                && storedBy.remove(attempt.requestId())
                && attempt.range().records() == 1;
        remember(shard, attempt.range(), attempt.result().attempt(), succeeded ? at : null);
        for (PendingEvent event : batch) {
            String reason =
                    reasons.get(position(event.shard(), event.sequenceNumber().toString()));
            if (reason != null) {
                finish(event, EventStatus.DEAD, at, reason);
            } else if (succeeded) {
                awaitingStore.addLast(new AwaitingStore(event, at, unstored(itemStored)));
            }
        }
    }

    /** Finishes the oldest delivered event of an id, since the versions of an event are stored in order. */
    private void stored(JournalEvent.Stored item, Instant at) {
        String id = item.key();
        remember(item.requestId());
        byId.getOrDefault(id, List.of()).stream()
                .filter(PendingEvent::attempted)
                .findFirst()
                .ifPresentOrElse(event -> finish(event, EventStatus.STORED, at, null), () -> recent.stored(id, at));
    }

    private void remember(@Nullable String invocation) {
        if (invocation != null && storedBy.add(invocation) && storedBy.size() > MAX_INVOCATIONS) {
            Iterator<String> oldest = storedBy.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void filtered(JournalEvent.Filtered dropped, Instant at) {
        records.in(dropped).forEach(event -> finish(event, EventStatus.FILTERED, at, null));
    }

    private void finish(List<PendingEvent> events, EventStatus status, Instant at, @Nullable String reason) {
        for (PendingEvent event : events) {
            boolean both = reason != null && event.error() != null;
            finish(event, status, at, both ? reason + ": " + event.error() : reason);
        }
    }

    private static EventTrace rejected(JournalEvent.Rejected request, Instant at) {
        String id = request.path().substring(request.path().lastIndexOf('/') + 1);
        String reason = "HTTP %d %s".formatted(request.status(), request.reason());
        return new EventTrace(id, EventStatus.REJECTED, at, 0.0, 0, reason, EventTrace.Carrier.NONE);
    }

    /** Keeps a batch for events that are seen later; the end of a tumbling window holds none. */
    private void remember(String shard, RecordRange range, int attempt, @Nullable Instant succeeded) {
        if (!range.isEmpty()) {
            recent.add(shard, new RecentBatches.Batch(range.first(), range.last(), attempt, succeeded));
        }
    }
}
