package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.CheckpointTracker.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a lane's records into batches. A batch is closed by the first of: the batch size, the invoke payload's limit,
 * the batching window (counted from when its first record was read), the end of a tumbling window, the shard's end. A
 * record that can never fit is delivered alone, so that it can be given up alone. Not thread-safe.
 */
final class BatchFormer {

    /** A record that was put at the end of a window may be read a little later; AWS polls about once a second. */
    private static final Duration LATE_RECORDS = Duration.ofMillis(100);

    private final DeliveryRules rules;
    private final Supplier<Mark> lowWater;
    private final ArrayDeque<QueuedRecord> arrived = new ArrayDeque<>();
    private long arrivedBytes;
    private @Nullable TumblingWindow window;

    /**
     * Creates an empty former.
     *
     * @param lowWater returns the shard's mark when a tumbling window opens
     */
    BatchFormer(DeliveryRules rules, Supplier<Mark> lowWater) {
        this.rules = rules;
        this.lowWater = lowWater;
    }

    void offer(QueuedRecord record) {
        arrived.addLast(record);
        arrivedBytes += record.eventBytes();
    }

    boolean isEmpty() {
        return arrived.isEmpty() && window == null;
    }

    @Nullable
    TumblingWindow window() {
        return window;
    }

    void windowState(String state) {
        if (window != null) {
            window = window.withState(state);
        }
    }

    void closeWindow() {
        window = null;
    }

    /** Returns the next batch, if one is complete now. */
    Optional<Batch> take(Instant now, Supply supply) {
        if (rules.tumbling()) {
            if (windowIsOver(now, supply)) {
                return Optional.of(Batch.windowEnd());
            }
            if (window == null && !arrived.isEmpty()) {
                window = TumblingWindow.around(arrived.peekFirst().arrival(), rules.tumblingWindow(), lowWater.get());
            }
        }
        return arrived.isEmpty() || !complete(now, supply) ? Optional.empty() : Optional.of(cut());
    }

    /** Returns the time at which {@link #take} may return a batch although no record arrives. */
    Optional<Instant> due() {
        if (arrived.isEmpty()) {
            return Optional.ofNullable(window).map(open -> open.end().plus(LATE_RECORDS));
        }
        Instant due = arrived.peekFirst().readAt().plus(rules.batchingWindow());
        return Optional.of(window != null && window.end().isBefore(due) ? window.end() : due);
    }

    private boolean windowIsOver(Instant now, Supply supply) {
        if (window == null) {
            return false;
        }
        if (window.terminatedEarly()) {
            return true;
        }
        if (!arrived.isEmpty()) {
            return window.endsBefore(arrived.peekFirst().arrival());
        }
        return supply == Supply.ENDED || (supply == Supply.CAUGHT_UP && window.endsBefore(now.minus(LATE_RECORDS)));
    }

    private boolean complete(Instant now, Supply supply) {
        QueuedRecord first = arrived.getFirst();
        boolean full = arrived.size() >= rules.batchSize() || arrivedBytes > rules.payloadLimit();
        boolean windowOver =
                window != null && (window.endsBefore(arrived.getLast().arrival()) || window.endsBefore(now));
        return full
                || windowOver
                || supply == Supply.ENDED
                || supply == Supply.BUFFER_FULL
                || !now.isBefore(first.readAt().plus(rules.batchingWindow()));
    }

    private Batch cut() {
        List<QueuedRecord> records = new ArrayList<>(Math.min(rules.batchSize(), arrived.size()));
        long bytes = 0;
        while (!arrived.isEmpty() && records.size() < rules.batchSize()) {
            QueuedRecord next = arrived.getFirst();
            boolean fits = bytes + next.eventBytes() <= rules.payloadLimit();
            boolean otherWindow = window != null && window.endsBefore(next.arrival());
            if (!records.isEmpty() && (!fits || otherWindow)) {
                break;
            }
            records.add(arrived.removeFirst());
            bytes += next.eventBytes();
        }
        arrivedBytes -= bytes;
        return Batch.of(records);
    }

    /** The supply of records from the shard. */
    enum Supply {
        /** More records may be waiting in the shard. */
        MORE,
        /** All records that were put have been read. */
        CAUGHT_UP,
        /** No more records are read until others are processed: an incomplete batch must be delivered. */
        BUFFER_FULL,
        /** The shard is closed, and all its records have been read. */
        ENDED
    }
}
