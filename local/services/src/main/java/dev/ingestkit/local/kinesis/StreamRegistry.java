package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.store.StoreView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of one account in one region, by name. Thread-safe. */
final class StreamRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(StreamRegistry.class);

    /** Small enough that the oldest records of several shards are evicted before younger ones of one shard. */
    private static final long EVICTION_BYTES = 1 << 20;

    private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

    private final String account;
    private final String region;
    private final KinesisStream.Context context;
    private final Journal journal;
    private final RandomGenerator random;
    private final Map<String, KinesisStream> streams = new ConcurrentSkipListMap<>();
    private final ReentrantLock evicting = new ReentrantLock();
    private Instant warnedAt = Instant.EPOCH;

    StreamRegistry(
            String account, String region, KinesisStream.Context context, Journal journal, RandomGenerator random) {
        this.account = requireNonNull(account, "account");
        this.region = requireNonNull(region, "region");
        this.context = requireNonNull(context, "context");
        this.journal = requireNonNull(journal, "journal");
        this.random = requireNonNull(random, "random");
        context.storage().load(context).forEach(stream -> streams.put(stream.name(), stream));
        context.storage().freezeWith(this::freeze);
    }

    private StoreView freeze() {
        List<FrozenShard> shards = streams.values().stream()
                .flatMap(stream -> stream.shards().all().stream()
                        .map(shard -> shard.freeze(stream.identity().serial())))
                .toList();
        return entries -> {
            for (FrozenShard shard : shards) {
                shard.each(entries);
            }
        };
    }

    KinesisErrors errors() {
        return context.errors();
    }

    Instant now() {
        return Instant.ofEpochMilli(context.clock().millis());
    }

    Arn arnOf(String name) {
        return new Arn("aws", "kinesis", region, account, "stream/" + name);
    }

    /**
     * Creates a stream.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException ResourceInUseException if the name is taken
     */
    KinesisStream create(StreamSpecification specification) {
        String name = specification.name();
        KinesisStream stream = new KinesisStream(newIdentity(name), specification, context);
        KinesisStream registered = streams.compute(name, (key, present) -> {
            if (present != null && !present.isGone()) {
                return present;
            }
            stream.save();
            return stream;
        });
        if (registered != stream) {
            throw errors().streamExists(name);
        }
        return stream;
    }

    /** Synchronized because the generator need not be thread-safe. */
    private KinesisStream.Identity newIdentity(String name) {
        synchronized (random) {
            return new KinesisStream.Identity(name, arnOf(name), newStreamId(), random.nextLong(), now());
        }
    }

    /** Returns twenty and three characters of {@code a-z0-9}, AWS's form of a StreamId. */
    private String newStreamId() {
        String alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
        byte[] choices = new byte[23];
        random.nextBytes(choices);
        StringBuilder id = new StringBuilder(24);
        for (int at = 0; at < choices.length; at++) {
            id.append(at == 20 ? "-" : "").append(alphabet.charAt((choices[at] & 0xff) % alphabet.length()));
        }
        return id.toString();
    }

    void delete(KinesisStream stream) {
        stream.discard();
        context.storage().delete(stream);
        if (stream.isGone()) {
            streams.remove(stream.name(), stream);
        }
    }

    /** Keeps the definitions that a call has changed. */
    void save() {
        streams.values().stream()
                .filter(stream -> stream.status() != StreamStatus.DELETING)
                .forEach(KinesisStream::save);
    }

    Optional<KinesisStream> find(String name) {
        return Optional.ofNullable(streams.get(name)).filter(stream -> !stream.isGone());
    }

    /** Returns the stream that an iterator was created for, unless it has been deleted since. */
    Optional<KinesisStream> withSerial(long serial) {
        return all().stream()
                .filter(stream -> stream.identity().serial() == serial && !stream.isGone())
                .findFirst();
    }

    /** Returns all streams, ordered by name. */
    Collection<KinesisStream> all() {
        return streams.values();
    }

    int openShards() {
        return streams.values().stream()
                .mapToInt(stream -> stream.shards().openCount())
                .sum();
    }

    /** Drops expired records of all streams, and streams whose time of DELETING has passed. */
    void expire() {
        streams.values().removeIf(KinesisStream::isGone);
        streams.values().forEach(KinesisStream::expire);
    }

    /** Splits shards of on-demand streams as their load requires. */
    void scale() {
        for (KinesisStream stream : streams.values()) {
            List<Shard> split = stream.scale();
            if (!split.isEmpty()) {
                LOG.info(
                        "on-demand stream {} now has {} shards: {} were more than half busy and were split",
                        stream.name(),
                        stream.shards().openCount(),
                        split.size());
            }
        }
    }

    /**
     * Returns whether records can be accepted: false while all retained records are needed and the memory limit is
     * reached.
     */
    boolean hasCapacity() {
        keepWithinMemory();
        return !context.memory().exceeded();
    }

    /** Returns the bytes that all streams may hold together. */
    long memoryLimit() {
        return context.memory().limit();
    }

    /**
     * Evicts records until all streams are within the memory limit: the oldest first, whichever stream they are in, but
     * none that a mapping has not processed. Evictions are journaled and logged as a warning, since another reader may
     * not have seen the records.
     */
    void keepWithinMemory() {
        if (!context.memory().exceeded()) {
            return;
        }
        evicting.lock();
        try {
            boolean more = true;
            while (more && context.memory().aboveLowWatermark()) {
                more = evictOldest();
            }
        } finally {
            evicting.unlock();
        }
    }

    private boolean evictOldest() {
        record Candidate(KinesisStream stream, Shard shard, Instant oldest) {}
        Optional<Candidate> oldest = streams.values().stream()
                .flatMap(stream -> stream.shards().all().stream()
                        .flatMap(shard -> shard.oldestArrivalBefore(stream.neededFrom(shard)).stream()
                                .map(arrival -> new Candidate(stream, shard, arrival))))
                .min(Comparator.comparing(Candidate::oldest));
        oldest.ifPresent(found -> evict(found.stream(), found.shard()));
        return oldest.isPresent();
    }

    private void evict(KinesisStream stream, Shard shard) {
        Shard.Eviction eviction = shard.evict(EVICTION_BYTES, stream.neededFrom(shard));
        if (eviction.records() == 0) {
            return;
        }
        warn(stream, shard);
        journal.append(new JournalEvent.Expired(
                stream.name(),
                shard.id().toString(),
                eviction.lastSequenceNumber().toString(),
                eviction.records()));
    }

    /** Warns at most once a minute, since a full memory evicts at each put. */
    private void warn(KinesisStream stream, Shard shard) {
        Instant now = now();
        if (warnedAt.plus(WARNING_INTERVAL).isAfter(now)) {
            return;
        }
        warnedAt = now;
        LOG.warn(
                "records are dropped before their retention period ends, oldest first, now from {} of stream {}: the"
                        + " streams may hold {} bytes together. Give the process more memory (-Xmx) or read faster.",
                shard.id(),
                stream.name(),
                context.memory().limit());
    }
}
