package dev.ingestkit.cli.tail;

import dev.ingestkit.local.events.SequenceNumber;
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
            SequenceNumber first,
            SequenceNumber last,
            int attempt,
            @Nullable Instant succeeded) {
        boolean holds(SequenceNumber number) {
            return number.isBetween(first, last);
        }
    }

    /** Adds the batch of a delivery, or of an attempt whose success has a time. */
    void add(String shard, Batch batch) {
        Deque<Batch> batches = byShard.computeIfAbsent(shard, name -> new ArrayDeque<>());
        batches.addFirst(batch);
        if (batches.size() > BATCHES) {
            batches.removeLast();
        }
    }

    /** Returns the latest batch with a record. */
    Optional<Batch> with(String shard, SequenceNumber number) {
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
