package dev.ingestkit.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest batches and stored items whose records are still unknown. A record is delivered as soon as it is in the
 * stream, and its own entry may follow those of its delivery. Not thread-safe.
 */
final class RecentBatches {

    private static final int BATCHES = 64;
    private static final int ITEMS = 10_000;

    private final Map<String, Deque<Batch>> byShard = new HashMap<>();
    private final Map<String, Instant> items = new LinkedHashMap<>();

    /** A delivered range of records, with the time of its success if it succeeded. */
    record Batch(
            BigInteger first,
            BigInteger last,
            int attempt,
            @Nullable Instant succeeded) {
        boolean holds(BigInteger number) {
            return number.compareTo(first) >= 0 && number.compareTo(last) <= 0;
        }
    }

    /** @param succeeded null for a delivery, and for an attempt that failed */
    void add(JsonNode entry, @Nullable Instant succeeded) {
        Deque<Batch> batches = byShard.computeIfAbsent(entry.path("shardId").asText(), name -> new ArrayDeque<>());
        batches.addFirst(new Batch(
                new BigInteger(entry.path("firstSequenceNumber").asText()),
                new BigInteger(entry.path("lastSequenceNumber").asText()),
                entry.path("attempt").asInt(),
                succeeded));
        if (batches.size() > BATCHES) {
            batches.removeLast();
        }
    }

    /** Returns the latest batch with a record. */
    Optional<Batch> with(String shard, BigInteger number) {
        return byShard.getOrDefault(shard, new ArrayDeque<>()).stream()
                .filter(batch -> batch.holds(number))
                .findFirst();
    }

    void stored(String id, Instant at) {
        items.put(id, at);
        if (items.size() > ITEMS) {
            Iterator<String> oldest = items.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Removes and returns the time at which an item of an unknown record was stored. */
    Optional<Instant> takeStored(String id) {
        return Optional.ofNullable(items.remove(id));
    }
}
