package dev.ingestkit.local.kinesis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One change of a stream's shards: collects which shards are replaced by which, then applies the change atomically.
 * Parents are locked against writers until their children are published, so a writer finds either an open shard or its
 * successor. Used once, by one thread that holds {@link KinesisStream#changes}.
 */
final class ReshardingPlan {

    private final KinesisStream stream;
    private final Instant now;
    private final List<Shard> parents = new ArrayList<>();
    private final List<Shard> children = new ArrayList<>();

    ReshardingPlan(KinesisStream stream) {
        this.stream = stream;
        this.now = Instant.ofEpochMilli(stream.nowMillis());
    }

    /**
     * Splits a shard in two.
     *
     * @param at the upper child's first key: above the shard's first key, not above its last
     * @return the lower child, the upper child
     */
    List<Shard> split(Shard shard, HashKey at) {
        replace(shard);
        Lineage lineage = new Lineage(shard.id(), null);
        long created = createdAfter(shard.createdSecond());
        Shard lower = create(lineage, new HashRange(shard.range().start(), at.minusOne()), created);
        Shard upper = create(lineage, new HashRange(at, shard.range().end()), created);
        return List.of(lower, upper);
    }

    /** Merges two shards with adjacent ranges, in either order. */
    Shard merge(Shard one, Shard adjacent) {
        replace(one);
        replace(adjacent);
        boolean lower = one.range().isDirectlyBefore(adjacent.range());
        return create(
                new Lineage(one.id(), adjacent.id()),
                lower
                        ? new HashRange(one.range().start(), adjacent.range().end())
                        : new HashRange(adjacent.range().start(), one.range().end()),
                createdAfter(Math.max(one.createdSecond(), adjacent.createdSecond())));
    }

    /**
     * Splits and merges until the ranges are uniform. Intermediate shards are closed at once and stay empty, as on AWS.
     *
     * @param count the number of shards, at least 1
     */
    void scaleTo(int count) {
        List<HashRange> targets = HashRange.uniform(count);
        List<Shard> pieces = new ArrayList<>();
        for (Shard shard : stream.shards().open()) {
            pieces.addAll(cut(shard, targets));
        }
        int next = 0;
        for (HashRange target : targets) {
            Shard whole = pieces.get(next++);
            while (whole.range().end().compareTo(target.end()) < 0) {
                whole = merge(whole, pieces.get(next++));
            }
        }
    }

    private List<Shard> cut(Shard shard, List<HashRange> targets) {
        List<Shard> pieces = new ArrayList<>();
        Shard rest = shard;
        for (HashRange target : targets) {
            boolean inside = rest.range().start().compareTo(target.start()) < 0
                    && target.start().compareTo(rest.range().end()) <= 0;
            if (inside) {
                List<Shard> halves = split(rest, target.start());
                pieces.add(halves.get(0));
                rest = halves.get(1);
            }
        }
        pieces.add(rest);
        return pieces;
    }

    /** Publishes the children and closes the parents. Records put meanwhile go to one or the other; none is lost. */
    void apply() {
        parents.sort(Comparator.comparingInt(Shard::index));
        List<ShardWaiter> woken = new ArrayList<>();
        parents.forEach(parent -> parent.writeLock().lock());
        try {
            parents.forEach(parent -> woken.addAll(parent.close(now)));
            stream.replace(stream.shards().with(children));
        } finally {
            parents.forEach(parent -> parent.writeLock().unlock());
        }
        woken.forEach(ShardWaiter::wake);
    }

    /**
     * Discards an intermediate shard, which was never open; a shard of the stream is closed when the change is applied.
     */
    private void replace(Shard shard) {
        if (children.contains(shard)) {
            shard.discard(now);
        } else {
            parents.add(shard);
        }
    }

    private Shard create(Lineage lineage, HashRange range, long createdSecond) {
        int index = stream.shards().nextIndex() + children.size();
        Shard shard = stream.newShard(index, lineage, range, new Shard.Birth(createdSecond, now));
        children.add(shard);
        return shard;
    }

    /**
     * Returns a time later than the parent's in whole seconds, so that the child's sequence numbers exceed the
     * parent's.
     */
    private long createdAfter(long parentSecond) {
        return Math.max(now.getEpochSecond(), parentSecond + 1);
    }
}
