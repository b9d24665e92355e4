package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream: routes records to its shards and tracks its own state. Thread-safe. Writers contend only for a shard's
 * lock. A record that finds its shard closed by resharding is routed again, so none is lost between parent and child.
 */
final class KinesisStream {

    private final Identity identity;
    private final StreamSettings settings;
    private final Context context;
    private final Consumers consumers;
    private final ReentrantLock changes = new ReentrantLock();
    private final Map<Integer, ShardQuota> writeQuotas = new ConcurrentHashMap<>();
    private final Map<Integer, ShardQuota> readQuotas = new ConcurrentHashMap<>();
    private final List<RetentionHold> holds = new CopyOnWriteArrayList<>();
    private final CallHistory shardCountUpdates = new CallHistory(CallHistory.SHARD_COUNT_UPDATES);
    private final OnDemandScaling scaling = new OnDemandScaling();
    private final CallHistory modeUpdates = new CallHistory(CallHistory.MODE_UPDATES);
    private final AtomicInteger nextShard = new AtomicInteger();
    private volatile ShardQuota streamWrites = ShardQuota.NONE;
    private volatile ShardTable shards;
    private volatile Transition transition;

    /**
     * The identifiers of a stream.
     *
     * @param serial distinguishes the stream from an earlier one of the same name; part of iterators
     */
    record Identity(String name, Arn arn, String id, long serial, Instant createdAt) {}

    /**
     * State and configuration shared by all streams.
     *
     * @param limits whether shards reject what exceeds AWS's throughput
     * @param settling the time that a stream stays CREATING, UPDATING or DELETING
     * @param storage keeps streams and records for the next process
     */
    record Context(
            Clock clock,
            KinesisErrors errors,
            MemoryBudget memory,
            boolean limits,
            Duration settling,
            StreamStorage storage) {}

    /** A status that holds until a moment, and is ACTIVE afterwards. */
    private record Transition(StreamStatus status, Instant until) {}

    KinesisStream(Identity identity, StreamSpecification specification, Context context) {
        this(identity, new StreamSettings(specification), context);
        this.transition =
                new Transition(StreamStatus.CREATING, identity.createdAt().plus(context.settling()));
        List<Shard> first = new ArrayList<>();
        Shard.Birth birth = new Shard.Birth(identity.createdAt().getEpochSecond(), identity.createdAt());
        for (HashRange range : HashRange.uniform(specification.shardCount())) {
            first.add(newShard(first.size(), Lineage.NONE, range, birth));
        }
        publish(new ShardTable(first));
    }

    /** Creates the active stream of an earlier process, whose shards are published next. */
    KinesisStream(Identity identity, StreamSettings settings, Context context) {
        this.identity = requireNonNull(identity, "identity");
        this.settings = requireNonNull(settings, "settings");
        this.context = requireNonNull(context, "context");
        this.consumers = new Consumers(identity.arn());
        this.transition = new Transition(StreamStatus.ACTIVE, identity.createdAt());
        this.shards = new ShardTable(List.of());
    }

    /** Keeps the stream's definition, if it has changed. */
    void save() {
        context.storage().save(this, shards);
    }

    Identity identity() {
        return identity;
    }

    String name() {
        return identity.name();
    }

    StreamSettings settings() {
        return settings;
    }

    Consumers consumers() {
        return consumers;
    }

    ShardTable shards() {
        return shards;
    }

    CallHistory shardCountUpdates() {
        return shardCountUpdates;
    }

    CallHistory modeUpdates() {
        return modeUpdates;
    }

    long nowMillis() {
        return context.clock().millis();
    }

    StreamStatus status() {
        Transition now = transition;
        if (now.status() == StreamStatus.DELETING) {
            return StreamStatus.DELETING;
        }
        return context.clock().instant().isBefore(now.until()) ? now.status() : StreamStatus.ACTIVE;
    }

    /** Returns whether the stream is deleted and the time of DELETING has passed. */
    boolean isGone() {
        Transition now = transition;
        return now.status() == StreamStatus.DELETING
                && !context.clock().instant().isBefore(now.until());
    }

    /** Enters a transitional status. */
    void enter(StreamStatus status) {
        transition = new Transition(status, context.clock().instant().plus(context.settling()));
    }

    /** Returns the lock that serializes changes of the stream. */
    ReentrantLock changes() {
        return changes;
    }

    Shard newShard(int index, Lineage lineage, HashRange range, Shard.Birth birth) {
        ShardStorage storage = context.storage().shard(identity.serial(), index);
        return new Shard(index, lineage, range, birth, settings::retentionMillis, context.memory(), storage);
    }

    /** Replaces the stream's shards, after they are kept. The caller holds {@link #changes}. */
    void replace(ShardTable table) {
        context.storage().save(this, table);
        publish(table);
    }

    /** Sets the shards of a stream that nobody else has seen yet. */
    void publish(ShardTable table) {
        shards = table;
        renewStreamQuota();
    }

    private void renewStreamQuota() {
        streamWrites = context.limits() ? ShardQuota.shardWrites(shards.openCount()) : ShardQuota.NONE;
    }

    /** A provisioned shard has its own limits; an on-demand stream has those of all its shards together. */
    private ShardQuota writeQuota(Shard shard) {
        if (!context.limits()) {
            return ShardQuota.NONE;
        }
        return settings.mode() == StreamMode.ON_DEMAND
                ? streamWrites
                : writeQuotas.computeIfAbsent(shard.index(), index -> ShardQuota.shardWrites(1));
    }

    /** Returns the quota of GetRecords on a shard. */
    ShardQuota readQuota(Shard shard) {
        return context.limits()
                ? readQuotas.computeIfAbsent(shard.index(), index -> ShardQuota.shardReads())
                : ShardQuota.NONE;
    }

    /**
     * Puts records; those of one shard stay in the given order.
     *
     * @param onAppended is notified of each shard's records before readers can see them
     * @return one outcome per entry, at its index
     */
    PutOutcome[] put(List<PutEntry> entries, Append.Listener onAppended) {
        PutOutcome[] outcomes = new PutOutcome[entries.size()];
        List<Integer> pending = new ArrayList<>(entries.size());
        for (int at = 0; at < entries.size(); at++) {
            pending.add(at);
        }
        while (!pending.isEmpty()) {
            pending = putOnce(entries, pending, outcomes, onAppended);
        }
        return outcomes;
    }

    /** Tries once with the current shards. Returns the indexes of entries whose shard was closed. */
    private List<Integer> putOnce(
            List<PutEntry> entries, List<Integer> pending, PutOutcome[] outcomes, Append.Listener onAppended) {
        List<Integer> unrouted = new ArrayList<>();
        ShardTable table = shards;
        long now = nowMillis();
        group(table, entries, pending).forEach((shard, indexes) -> {
            Append append = new Append(now, writeQuota(shard), context.errors(), identity.name(), onAppended);
            if (!shard.append(entries, indexes, outcomes, append)) {
                unrouted.addAll(indexes);
            }
        });
        if (!unrouted.isEmpty() && status() == StreamStatus.DELETING) {
            throw context.errors().streamNotFound(identity.name());
        }
        return unrouted;
    }

    /** Returns the open shard that a record goes to. */
    Shard route(PutEntry entry) {
        return route(shards, HashKey.md5(), entry);
    }

    private Shard route(ShardTable table, MessageDigest md5, PutEntry entry) {
        if (settings.distribution() == RecordDistribution.AUTO) {
            return table.open().get(Math.floorMod(nextShard.getAndIncrement(), table.openCount()));
        }
        HashKey explicit = entry.explicitHashKey();
        return table.route(explicit == null ? HashKey.ofPartitionKey(md5, entry.partitionKey()) : explicit);
    }

    private Map<Shard, List<Integer>> group(ShardTable table, List<PutEntry> entries, List<Integer> indexes) {
        if (table.single().isPresent()) {
            return Map.of(table.single().get(), indexes);
        }
        MessageDigest md5 = HashKey.md5();
        Map<Shard, List<Integer>> groups = new LinkedHashMap<>();
        for (Integer at : indexes) {
            groups.computeIfAbsent(route(table, md5, entries.get(at)), shard -> new ArrayList<>())
                    .add(at);
        }
        return groups;
    }

    /**
     * Splits the busy shards of an on-demand stream.
     *
     * @return the shards that were split
     */
    List<Shard> scale() {
        changes.lock();
        try {
            if (settings.mode() != StreamMode.ON_DEMAND || status() != StreamStatus.ACTIVE) {
                return List.of();
            }
            List<Shard> busy = scaling.busy(shards.open(), nowMillis());
            if (!busy.isEmpty()) {
                ReshardingPlan resharding = new ReshardingPlan(this);
                busy.forEach(shard -> resharding.split(shard, shard.range().middle()));
                resharding.apply();
            }
            return busy;
        } finally {
            changes.unlock();
        }
    }

    /** Retains the records that a consumer starting here has not processed. */
    RetentionHold retain(IteratorPosition start) {
        RetentionHold hold = new RetentionHold(this, start, context.errors(), holds::remove);
        holds.add(hold);
        return hold;
    }

    /** Returns the first position of a shard whose records are still needed by a consumer. */
    long neededFrom(Shard shard) {
        return holds.stream().mapToLong(hold -> hold.neededFrom(shard)).min().orElse(Long.MAX_VALUE);
    }

    /** Drops expired records, and closed shards whose every record has expired. */
    void expire() {
        long now = nowMillis();
        Instant horizon = Instant.ofEpochMilli(now - settings.retentionMillis());
        shards.all().forEach(shard -> shard.expire(now));
        List<Shard> expired = shards.all().stream()
                .filter(shard ->
                        shard.closedAt().map(at -> at.isBefore(horizon)).orElse(false))
                .toList();
        if (!expired.isEmpty()) {
            remove(expired);
        }
    }

    private void remove(List<Shard> expired) {
        changes.lock();
        try {
            shards = shards.without(expired);
            save();
            expired.forEach(shard -> {
                writeQuotas.remove(shard.index());
                readQuotas.remove(shard.index());
            });
        } finally {
            changes.unlock();
        }
    }

    /** Drops all records and wakes all waiting readers. */
    void discard() {
        enter(StreamStatus.DELETING);
        Instant now = context.clock().instant();
        shards.all().forEach(shard -> shard.discard(now).forEach(ShardWaiter::wake));
    }
}
