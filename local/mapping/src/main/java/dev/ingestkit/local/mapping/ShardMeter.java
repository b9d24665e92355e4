package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.mapping.MappingMetrics.Load;
import dev.ingestkit.local.mapping.MappingMetrics.ShardMetrics;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts a mapping's records in one shard. Updated by its event loop, readable from any thread. Thread-safe. */
final class ShardMeter {

    final AtomicLong delivered = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong filtered = new AtomicLong();
    final AtomicLong buffered = new AtomicLong();
    final AtomicLong inFlight = new AtomicLong();
    private volatile long iteratorAgeMillis;
    private volatile boolean drained;
    private volatile @Nullable SequenceNumber checkpoint;

    void iteratorAge(long millis) {
        iteratorAgeMillis = Math.max(0, millis);
    }

    void checkpoint(SequenceNumber sequenceNumber) {
        checkpoint = sequenceNumber;
    }

    void drained() {
        drained = true;
        iteratorAgeMillis = 0;
    }

    ShardMetrics snapshot(String shardId) {
        return new ShardMetrics(
                shardId,
                checkpoint,
                drained,
                new Load((int) buffered.get(), (int) inFlight.get(), iteratorAgeMillis),
                delivered.get(),
                dropped.get(),
                filtered.get());
    }
}
