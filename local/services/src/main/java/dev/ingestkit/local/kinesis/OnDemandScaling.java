package dev.ingestkit.local.kinesis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shards of an on-demand stream that have to be split: those that took more than half of what a shard takes,
 * on average since the last look, a minute ago or more. AWS does so within 15 minutes, and merges again after quiet
 * hours; here nothing is merged. Thread-safe.
 */
final class OnDemandScaling {

    /** An on-demand stream's quota of write throughput, 200 MB/s, in shards. */
    static final int MOST_SHARDS = 200;

    private static final long LEAST_MILLIS = 60_000;
    private static final double BUSY = 0.5;

    private Map<String, Shard.Taken> before = Map.of();
    private long lookedAt;

    /** Those to be split now, at most so many that the quota is kept. */
    synchronized List<Shard> busy(List<Shard> open, long nowMillis) {
        double seconds = (nowMillis - lookedAt) / 1000.0;
        if (nowMillis - lookedAt < LEAST_MILLIS) {
            return List.of();
        }
        Map<String, Shard.Taken> last = before;
        Map<String, Shard.Taken> taken = new HashMap<>();
        open.forEach(shard -> taken.put(shard.id(), shard.taken()));
        before = taken;
        lookedAt = nowMillis;
        return open.stream()
                .filter(shard -> shard.range().divisible())
                .filter(shard ->
                        last.containsKey(shard.id()) && isBusy(last.get(shard.id()), taken.get(shard.id()), seconds))
                .limit(Math.max(0, MOST_SHARDS - open.size()))
                .toList();
    }

    /** A shard that was there for no look before is given time. */
    private static boolean isBusy(Shard.@Nullable Taken before, Shard.@Nullable Taken now, double seconds) {
        if (before == null || now == null) {
            return false;
        }
        double records = (now.records() - before.records()) / seconds;
        double bytes = (now.bytes() - before.bytes()) / seconds;
        return records > BUSY * Quota.SHARD_RECORDS || bytes > BUSY * Quota.SHARD_BYTES;
    }
}
