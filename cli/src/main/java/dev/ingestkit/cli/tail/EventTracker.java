package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
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
        String id(JsonNode put);

        /** Returns the reasons of the parked records in the queue, by {@link #position}. */
        Map<String, String> parked();
    }

    /** The delay by which an item's entry may follow that of the invocation that stored it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Lookup lookup;
    private final Consumer<EventTrace> finished;
    private final Map<String, NavigableMap<BigInteger, PendingEvent>> shards = new HashMap<>();
    private final Map<String, List<PendingEvent>> byId = new HashMap<>();
    private final Deque<AwaitingStore> awaitingStore = new ArrayDeque<>();
    private final RecentBatches recent = new RecentBatches();
    private final Set<String> parkedBy = new HashSet<>();

    /** @param finished receives each finished event, in order */
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
    public void take(JsonNode entry) {
        Instant at = Instant.parse(entry.path("at").asText());
        finishUnchanged(at.minus(GRACE));
        switch (entry.path("kind").asText()) {
            case "put" -> open(new PendingEvent(lookup.id(entry), entry));
            case "rejected" -> finished.accept(rejected(entry, at));
            case "delivered" -> delivered(entry);
            case "attempt" -> attempt(entry, at);
            case "stored" -> stored(entry.path("key").asText(), at);
            case "parked" -> parkedBy.add(entry.path("requestId").asText());
            case "dead-letter" ->
                finish(
                        inRange(entry),
                        EventStatus.DEAD,
                        at,
                        entry.path("condition").asText());
            case "filtered" -> filtered(entry, at);
            case "expired" ->
                finish(shard(entry).headMap(number(entry, "lastSequenceNumber"), true), EventStatus.EXPIRED, at, null);
            default -> {
                // accepted repeats put; faults and functions concern no event
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

    private void delivered(JsonNode entry) {
        recent.add(entry, null);
        inRange(entry)
                .values()
                .forEach(event -> event.attempt(entry.path("attempt").asInt()));
    }

    private void finish(PendingEvent event, EventStatus status, Instant at, @Nullable String reason) {
        event.close();
        requireNonNull(shards.get(event.shard())).remove(event.sequenceNumber());
        byId.computeIfPresent(event.id(), (id, events) -> events.remove(event) && events.isEmpty() ? null : events);
        finished.accept(event.finished(status, at, reason));
    }

    private void attempt(JsonNode entry, Instant at) {
        List<PendingEvent> batch = List.copyOf(inRange(entry).values());
        String error = entry.path("error").asText(null);
        batch.forEach(event -> event.failed(error));
        boolean parked = parkedBy.remove(entry.path("requestId").asText());
        Map<String, String> reasons = parked && !batch.isEmpty() ? lookup.parked() : Map.of();
        boolean succeeded = entry.path("outcome").asText().equals("succeeded");
        recent.add(entry, succeeded ? at : null);
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

    private void filtered(JsonNode entry, Instant at) {
        NavigableMap<BigInteger, PendingEvent> events = shard(entry);
        for (JsonNode number : entry.path("sequenceNumbers")) {
            Optional.ofNullable(events.get(new BigInteger(number.asText())))
                    .ifPresent(event -> finish(event, EventStatus.FILTERED, at, null));
        }
    }

    private void finish(Map<BigInteger, PendingEvent> range, EventStatus status, Instant at, @Nullable String reason) {
        for (PendingEvent event : List.copyOf(range.values())) {
            boolean both = reason != null && event.error() != null;
            finish(event, status, at, both ? reason + ": " + event.error() : reason);
        }
    }

    private static EventTrace rejected(JsonNode entry, Instant at) {
        String path = entry.path("path").asText();
        String id = path.substring(path.lastIndexOf('/') + 1);
        String reason = "HTTP %d %s"
                .formatted(entry.path("status").asInt(), entry.path("reason").asText());
        return new EventTrace(id, EventStatus.REJECTED, at, 0.0, 0, reason, null, null, null, 0);
    }

    private NavigableMap<BigInteger, PendingEvent> inRange(JsonNode entry) {
        return shard(entry)
                .subMap(number(entry, "firstSequenceNumber"), true, number(entry, "lastSequenceNumber"), true);
    }

    private NavigableMap<BigInteger, PendingEvent> shard(JsonNode entry) {
        return shards.computeIfAbsent(entry.path("shardId").asText(), name -> new TreeMap<>());
    }

    private static BigInteger number(JsonNode entry, String name) {
        return new BigInteger(entry.path(name).asText());
    }
}
