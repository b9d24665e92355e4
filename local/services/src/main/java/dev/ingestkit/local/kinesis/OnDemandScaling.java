package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.events.ShardId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shards of an on-demand stream to be split: those that took more than half of a shard's capacity on average
 * since the last check, at least a minute ago. AWS scales within 15 minutes and merges again after quiet hours; here
 * nothing is merged. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html">Stream capacity modes</a>
 */
final class OnDemandScaling {

    /** The write quota of an on-demand stream, 200 MB/s, in shards. */
    static final int MAX_SHARDS = 200;

    private static final long MIN_INTERVAL_MILLIS = 60_000;
    private static final double BUSY = 0.5;

    private Map<ShardId, Shard.Throughput> before = Map.of();
    private long checkedAt;

    /** Returns the shards to split now, at most as many as the quota allows. */
    synchronized List<Shard> busy(List<Shard> open, long nowMillis) {
        double seconds = (nowMillis - checkedAt) / 1000.0;
        if (nowMillis - checkedAt < MIN_INTERVAL_MILLIS) {
            return List.of();
        }
        Map<ShardId, Shard.Throughput> last = before;
        Map<ShardId, Shard.Throughput> throughput = new HashMap<>();
        open.forEach(shard -> throughput.put(shard.id(), shard.throughput()));
        before = throughput;
        checkedAt = nowMillis;
        return open.stream()
                .filter(shard -> shard.range().divisible())
                .filter(shard -> last.containsKey(shard.id())
                        && isBusy(last.get(shard.id()), throughput.get(shard.id()), seconds))
                .limit(Math.max(0, MAX_SHARDS - open.size()))
                .toList();
    }

    /** A shard that did not exist at the last check is not busy yet. */
    private static boolean isBusy(Shard.@Nullable Throughput before, Shard.@Nullable Throughput now, double seconds) {
        if (before == null || now == null) {
            return false;
        }
        double records = (now.records() - before.records()) / seconds;
        double bytes = (now.bytes() - before.bytes()) / seconds;
        return records > BUSY * ShardQuota.SHARD_RECORDS || bytes > BUSY * ShardQuota.SHARD_BYTES;
    }
}
