package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.events.ShardId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A stream's shards at one moment. Immutable: resharding publishes a new table. */
final class ShardTable {

    private final List<Shard> all;
    private final Shard[] open;
    private final Map<ShardId, Shard> byId;

    /**
     * Creates a table.
     *
     * @param all by index, parents before children; the open shards cover the hash space
     */
    ShardTable(List<Shard> all) {
        this.all = List.copyOf(all);
        this.open = all.stream()
                .filter(Shard::isOpen)
                .sorted(Comparator.comparing(shard -> shard.range().start()))
                .toArray(Shard[]::new);
        this.byId = all.stream().collect(Collectors.toUnmodifiableMap(Shard::id, shard -> shard));
    }

    /** Returns all shards, closed ones included, by index. */
    List<Shard> all() {
        return all;
    }

    /** Returns the open shards in the order of their hash ranges. */
    List<Shard> open() {
        return List.of(open);
    }

    int openCount() {
        return open.length;
    }

    /** Returns the only open shard, which takes every key; empty if there are several. */
    Optional<Shard> single() {
        return open.length == 1 ? Optional.of(open[0]) : Optional.empty();
    }

    /** Returns the open shard that owns a hash key. */
    Shard route(HashKey key) {
        int low = 0;
        int high = open.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (open[middle].range().start().compareTo(key) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return open[low];
    }

    Optional<Shard> find(ShardId shardId) {
        return Optional.ofNullable(byId.get(shardId));
    }

    /**
     * Returns whether a sequence number is one that a shard of this stream has given so far. A number of a shard that
     * was removed after its retention period passes.
     */
    boolean hasIssued(SequenceLayout number, long nowMillis) {
        boolean past = number.arrivalSecond() * 1000 <= nowMillis && number.shardIndex() < nextIndex();
        return past
                && all.stream()
                        .filter(shard -> shard.index() == number.shardIndex())
                        .allMatch(shard -> shard.createdSecond() == number.createdSecond()
                                && number.ordinal() <= shard.nextPosition(nowMillis));
    }

    List<Shard> childrenOf(ShardId shardId) {
        return all.stream().filter(shard -> shard.lineage().names(shardId)).toList();
    }

    int nextIndex() {
        return all.isEmpty() ? 0 : all.get(all.size() - 1).index() + 1;
    }

    ShardTable with(List<Shard> more) {
        List<Shard> shards = new ArrayList<>(all);
        shards.addAll(more);
        return new ShardTable(shards);
    }

    ShardTable without(List<Shard> removed) {
        return new ShardTable(
                all.stream().filter(shard -> !removed.contains(shard)).toList());
    }
}
