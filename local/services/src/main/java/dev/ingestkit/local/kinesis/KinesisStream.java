package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

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
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream: routes records to its shards and knows its own state. Thread-safe. Writers meet only at a shard's lock; a
 * record that finds its shard closed by resharding is routed again, so none is lost between parent and child.
 */
final class KinesisStream {

    private final Identity identity;
    private final StreamSettings settings;
    private final Context context;
    private final Consumers consumers;
    private final ReentrantLock changes = new ReentrantLock();
    private final Map<Integer, Quota> writeQuotas = new ConcurrentHashMap<>();
    private final Map<Integer, Quota> readQuotas = new ConcurrentHashMap<>();
    private final List<Retention> retentions = new CopyOnWriteArrayList<>();
    private final CallHistory shardCountUpdates = new CallHistory(CallHistory.SHARD_COUNT_UPDATES);
    private final OnDemandScaling scaling = new OnDemandScaling();
    private final CallHistory modeUpdates = new CallHistory(CallHistory.MODE_UPDATES);
    private volatile Quota streamWrites = Quota.NONE;
    private volatile ShardTable shards;
    private volatile Transition transition;

    /**
     * What a stream is called by.
     *
     * @param serial tells it from an earlier stream of the same name; stands in iterators
     */
    record Identity(String name, String arn, String id, long serial, Instant createdAt) {}

    /**
     * What all streams share.
     *
     * @param limits whether shards refuse what goes beyond AWS's throughput
     * @param settling how long a stream stays CREATING, UPDATING or DELETING
     */
    record Context(Clock clock, KinesisErrors errors, MemoryBudget memory, boolean limits, Duration settling) {}

    /** A state that holds until a moment, and ACTIVE after it. */
    private record Transition(StreamStatus status, Instant until) {}

    KinesisStream(Identity identity, StreamSpecification specification, Context context) {
        this.identity = requireNonNull(identity, "identity");
        this.settings = new StreamSettings(specification);
        this.context = requireNonNull(context, "context");
        this.consumers = new Consumers(identity.arn());
        this.transition =
                new Transition(StreamStatus.CREATING, identity.createdAt().plus(context.settling()));
        List<Shard> first = new ArrayList<>();
        Shard.Birth birth = new Shard.Birth(identity.createdAt().getEpochSecond(), identity.createdAt());
        for (HashRange range : HashRange.uniform(specification.shardCount())) {
            first.add(newShard(first.size(), Lineage.NONE, range, birth));
        }
        this.shards = new ShardTable(first);
        renewStreamQuota();
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

    /** Deleted, and the time of DELETING is over. */
    boolean isGone() {
        Transition now = transition;
        return now.status() == StreamStatus.DELETING
                && !context.clock().instant().isBefore(now.until());
    }

    /** Enters a passing state. */
    void enter(StreamStatus status) {
        transition = new Transition(status, context.clock().instant().plus(context.settling()));
    }

    /** One change of the stream at a time. */
    ReentrantLock changes() {
        return changes;
    }

    Shard newShard(int index, Lineage lineage, HashRange range, Shard.Birth birth) {
        return new Shard(index, lineage, range, birth, settings::retentionMillis, context.memory());
    }

    /** Makes another set of shards the stream's. The caller holds {@link #changes}. */
    void publish(ShardTable table) {
        shards = table;
        renewStreamQuota();
    }

    private void renewStreamQuota() {
        streamWrites = context.limits() ? Quota.shardWrites(shards.openCount()) : Quota.NONE;
    }

    /** A provisioned shard has limits of its own; an on-demand stream those of all its shards together. */
    private Quota writeQuota(Shard shard) {
        if (!context.limits()) {
            return Quota.NONE;
        }
        return settings.mode() == StreamMode.ON_DEMAND
                ? streamWrites
                : writeQuotas.computeIfAbsent(shard.index(), index -> Quota.shardWrites(1));
    }

    /** What GetRecords may take from a shard. */
    Quota readQuota(Shard shard) {
        return context.limits() ? readQuotas.computeIfAbsent(shard.index(), index -> Quota.shardReads()) : Quota.NONE;
    }

    /**
     * Puts records; those of one shard stay in the given order. One outcome per entry, at its place.
     *
     * @param told of each shard's records before any reader can have them
     */
    PutOutcome[] put(List<PutEntry> entries, Append.Told told) {
        PutOutcome[] outcomes = new PutOutcome[entries.size()];
        List<Integer> open = new ArrayList<>(entries.size());
        for (int at = 0; at < entries.size(); at++) {
            open.add(at);
        }
        while (!open.isEmpty()) {
            open = putOnce(entries, open, outcomes, told);
        }
        return outcomes;
    }

    /** One try with the shards of this moment; what found its shard closed is left over. */
    private List<Integer> putOnce(
            List<PutEntry> entries, List<Integer> chosen, PutOutcome[] outcomes, Append.Told told) {
        List<Integer> leftOver = new ArrayList<>();
        ShardTable table = shards;
        long now = nowMillis();
        group(table, entries, chosen).forEach((shard, places) -> {
            Append how = new Append(now, writeQuota(shard), context.errors(), identity.name(), told);
            if (!shard.append(entries, places, outcomes, how)) {
                leftOver.addAll(places);
            }
        });
        if (!leftOver.isEmpty() && status() == StreamStatus.DELETING) {
            throw context.errors().streamNotFound(identity.name());
        }
        return leftOver;
    }

    /** The open shard that a record goes to. */
    Shard route(PutEntry entry) {
        return route(shards, HashKey.md5(), entry);
    }

    private static Shard route(ShardTable table, MessageDigest md5, PutEntry entry) {
        HashKey explicit = entry.explicitHashKey();
        return table.route(explicit == null ? HashKey.ofPartitionKey(md5, entry.partitionKey()) : explicit);
    }

    private static Map<Shard, List<Integer>> group(ShardTable table, List<PutEntry> entries, List<Integer> chosen) {
        if (table.single().isPresent()) {
            return Map.of(table.single().get(), chosen);
        }
        MessageDigest md5 = HashKey.md5();
        Map<Shard, List<Integer>> groups = new LinkedHashMap<>();
        for (Integer at : chosen) {
            groups.computeIfAbsent(route(table, md5, entries.get(at)), shard -> new ArrayList<>())
                    .add(at);
        }
        return groups;
    }

    /**
     * Splits the busy shards of an on-demand stream.
     *
     * @return those that were split
     */
    List<Shard> scale() {
        changes.lock();
        try {
            if (settings.mode() != StreamMode.ON_DEMAND || status() != StreamStatus.ACTIVE) {
                return List.of();
            }
            List<Shard> busy = scaling.busy(shards.open(), nowMillis());
            if (!busy.isEmpty()) {
                Resharding resharding = new Resharding(this);
                busy.forEach(shard -> resharding.split(shard, shard.range().middle()));
                resharding.apply();
            }
            return busy;
        } finally {
            changes.unlock();
        }
    }

    /** Keeps what a consumer that begins there is not done with. */
    Retention retain(StartingPosition start) {
        Retention retention = new Retention(this, start, context.errors(), retentions::remove);
        retentions.add(retention);
        return retention;
    }

    /** Before this position nobody needs a shard's records. */
    long neededFrom(Shard shard) {
        return retentions.stream()
                .mapToLong(retention -> retention.neededFrom(shard))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Drops expired records, and closed shards whose every record has expired. */
    void expire() {
        long now = nowMillis();
        Instant horizon = Instant.ofEpochMilli(now - settings.retentionMillis());
        shards.all().forEach(shard -> shard.expire(now));
        List<Shard> gone = shards.all().stream()
                .filter(shard ->
                        shard.closedAt().map(at -> at.isBefore(horizon)).orElse(false))
                .toList();
        if (!gone.isEmpty()) {
            drop(gone);
        }
    }

    private void drop(List<Shard> gone) {
        changes.lock();
        try {
            shards = shards.without(gone);
            gone.forEach(shard -> {
                writeQuotas.remove(shard.index());
                readQuotas.remove(shard.index());
            });
        } finally {
            changes.unlock();
        }
    }

    /** Lets all records go and wakes everyone who waits. */
    void discard() {
        enter(StreamStatus.DELETING);
        Instant now = context.clock().instant();
        shards.all().forEach(shard -> shard.discard(now).forEach(Waiter::wake));
    }
}
