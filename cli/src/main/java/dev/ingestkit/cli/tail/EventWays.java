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
 * Follows a journal's entries and tells each event's end. The journal names a stored item by its key, a batch by its
 * range of sequence numbers, a parked message by its invocation: what belongs together is found here. Memory grows with
 * the events under way only. Not thread-safe.
 */
public final class EventWays {

    /** What the journal does not hold. */
    public interface Lookup {
        /** The id of the event in a record. */
        String id(JsonNode put);

        /** Why the function parked records that the queue has now, by {@link #place}. */
        Map<String, String> parked();
    }

    /** An item's entry may come a little after that of the invocation which stored it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Lookup lookup;
    private final Consumer<EventWay> ended;
    private final Map<String, NavigableMap<BigInteger, OpenWay>> shards = new HashMap<>();
    private final Map<String, List<OpenWay>> byId = new HashMap<>();
    private final Deque<Settled> settled = new ArrayDeque<>();
    private final RecentBatches recent = new RecentBatches();
    private final Set<String> parkedBy = new HashSet<>();

    /** @param ended is told of each event that comes to its end, in the order of the ends */
    public EventWays(Lookup lookup, Consumer<EventWay> ended) {
        this.lookup = requireNonNull(lookup, "lookup");
        this.ended = requireNonNull(ended, "ended");
    }

    /** An event whose batch has ended well, and nothing was seen of it yet. */
    private record Settled(OpenWay way, Instant at) {}

    /** How a lookup names a record's place. */
    public static String place(String shard, String sequenceNumber) {
        return shard + " " + sequenceNumber;
    }

    /** Takes the next entry. */
    public void take(JsonNode entry) {
        Instant at = Instant.parse(entry.path("at").asText());
        endSettled(at.minus(GRACE));
        switch (entry.path("kind").asText()) {
            case "put" -> open(new OpenWay(lookup.id(entry), entry));
            case "rejected" -> ended.accept(rejected(entry, at));
            case "delivered" -> delivered(entry);
            case "attempt" -> attempt(entry, at);
            case "stored" -> stored(entry.path("key").asText(), at);
            case "parked" -> parkedBy.add(entry.path("requestId").asText());
            case "dead-letter" ->
                end(
                        inRange(entry),
                        EventStatus.DEAD,
                        at,
                        entry.path("condition").asText());
            case "filtered" -> filtered(entry, at);
            case "expired" ->
                end(shard(entry).headMap(number(entry, "lastSequenceNumber"), true), EventStatus.EXPIRED, at, null);
            default -> {
                // accepted says again what put said; faults and functions are about no event
            }
        }
    }

    /** No more entries come for now: what could only be told from later ones is told. */
    public void pause() {
        endSettled(Instant.MAX);
    }

    private void endSettled(Instant until) {
        while (!settled.isEmpty() && settled.getFirst().at().isBefore(until)) {
            Settled next = settled.removeFirst();
            if (next.way().open()) {
                end(next.way(), EventStatus.UNCHANGED, next.at(), null);
            }
        }
    }

    /** What has not come to its end, oldest first within each shard. */
    public List<EventWay> underWay() {
        List<EventWay> open = new ArrayList<>();
        shards.values().forEach(ways -> ways.values().forEach(way -> open.add(way.underWay())));
        return open;
    }

    private void open(OpenWay way) {
        shards.computeIfAbsent(way.shard(), name -> new TreeMap<>()).put(way.sequenceNumber(), way);
        byId.computeIfAbsent(way.id(), id -> new ArrayList<>(1)).add(way);
        recent.with(way.shard(), way.sequenceNumber()).ifPresent(batch -> openedLate(way, batch));
    }

    /** Its batch has been given to the function already, and may even have ended. */
    private void openedLate(OpenWay way, RecentBatches.Batch batch) {
        way.attempt(batch.attempt());
        Optional<Instant> stored = recent.takeStored(way.id());
        if (stored.isPresent()) {
            end(way, EventStatus.STORED, stored.get(), null);
        } else if (batch.succeeded() != null) {
            settled.addLast(new Settled(way, batch.succeeded()));
        }
    }

    private void delivered(JsonNode entry) {
        recent.add(entry, null);
        inRange(entry).values().forEach(way -> way.attempt(entry.path("attempt").asInt()));
    }

    private void end(OpenWay way, EventStatus status, Instant at, @Nullable String reason) {
        way.close();
        requireNonNull(shards.get(way.shard())).remove(way.sequenceNumber());
        byId.computeIfPresent(way.id(), (id, ways) -> ways.remove(way) && ways.isEmpty() ? null : ways);
        ended.accept(way.ended(status, at, reason));
    }

    private void attempt(JsonNode entry, Instant at) {
        List<OpenWay> batch = List.copyOf(inRange(entry).values());
        String error = entry.path("error").asText(null);
        batch.forEach(way -> way.failed(error));
        boolean parked = parkedBy.remove(entry.path("requestId").asText());
        Map<String, String> reasons = parked && !batch.isEmpty() ? lookup.parked() : Map.of();
        boolean succeeded = entry.path("outcome").asText().equals("succeeded");
        recent.add(entry, succeeded ? at : null);
        for (OpenWay way : batch) {
            String reason = reasons.get(place(way.shard(), way.sequenceNumber().toString()));
            if (reason != null) {
                end(way, EventStatus.DEAD, at, reason);
            } else if (succeeded) {
                settled.addLast(new Settled(way, at));
            }
        }
    }

    /** The oldest of that id that a function has been given: an event's versions are stored in their order. */
    private void stored(String id, Instant at) {
        byId.getOrDefault(id, List.of()).stream()
                .filter(OpenWay::attempted)
                .findFirst()
                .ifPresentOrElse(way -> end(way, EventStatus.STORED, at, null), () -> recent.stored(id, at));
    }

    private void filtered(JsonNode entry, Instant at) {
        NavigableMap<BigInteger, OpenWay> ways = shard(entry);
        for (JsonNode number : entry.path("sequenceNumbers")) {
            Optional.ofNullable(ways.get(new BigInteger(number.asText())))
                    .ifPresent(way -> end(way, EventStatus.FILTERED, at, null));
        }
    }

    private void end(Map<BigInteger, OpenWay> range, EventStatus status, Instant at, @Nullable String reason) {
        for (OpenWay way : List.copyOf(range.values())) {
            boolean both = reason != null && way.error() != null;
            end(way, status, at, both ? reason + ": " + way.error() : reason);
        }
    }

    private static EventWay rejected(JsonNode entry, Instant at) {
        String path = entry.path("path").asText();
        String id = path.substring(path.lastIndexOf('/') + 1);
        String reason = "HTTP %d %s"
                .formatted(entry.path("status").asInt(), entry.path("reason").asText());
        return new EventWay(id, EventStatus.REJECTED, at, 0.0, 0, reason, null, null, null, 0);
    }

    private NavigableMap<BigInteger, OpenWay> inRange(JsonNode entry) {
        return shard(entry)
                .subMap(number(entry, "firstSequenceNumber"), true, number(entry, "lastSequenceNumber"), true);
    }

    private NavigableMap<BigInteger, OpenWay> shard(JsonNode entry) {
        return shards.computeIfAbsent(entry.path("shardId").asText(), name -> new TreeMap<>());
    }

    private static BigInteger number(JsonNode entry, String name) {
        return new BigInteger(entry.path(name).asText());
    }
}
