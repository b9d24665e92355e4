package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
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

    /** Small enough that the oldest records of several shards go before the younger ones of one. */
    private static final long EVICTED_AT_ONCE = 1 << 20;

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
    }

    KinesisErrors errors() {
        return context.errors();
    }

    Instant now() {
        return Instant.ofEpochMilli(context.clock().millis());
    }

    String arnOf(String name) {
        return "arn:aws:kinesis:%s:%s:stream/%s".formatted(region, account, name);
    }

    /**
     * @throws dev.ingestkit.local.protocol.ServiceException ResourceInUseException when the name is taken
     */
    KinesisStream create(StreamSpecification specification) {
        String name = specification.name();
        KinesisStream stream = new KinesisStream(newIdentity(name), specification, context);
        KinesisStream taken =
                streams.compute(name, (key, present) -> present == null || present.isGone() ? stream : present);
        if (taken != stream) {
            throw errors().streamExists(name);
        }
        return stream;
    }

    /** The generator need not be thread-safe. */
    private KinesisStream.Identity newIdentity(String name) {
        synchronized (random) {
            return new KinesisStream.Identity(name, arnOf(name), newStreamId(), random.nextLong(), now());
        }
    }

    /** Twenty and three characters of {@code a-z0-9}, as AWS forms a StreamId. */
    private String newStreamId() {
        String alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
        StringBuilder id = new StringBuilder(24);
        for (int at = 0; at < 23; at++) {
            id.append(at == 20 ? "-" : "").append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return id.toString();
    }

    void delete(KinesisStream stream) {
        stream.discard();
        if (stream.isGone()) {
            streams.remove(stream.name(), stream);
        }
    }

    Optional<KinesisStream> find(String name) {
        return Optional.ofNullable(streams.get(name)).filter(stream -> !stream.isGone());
    }

    /** The stream that an iterator was made for, unless it has been deleted since. */
    Optional<KinesisStream> withSerial(long serial) {
        return all().stream()
                .filter(stream -> stream.identity().serial() == serial && !stream.isGone())
                .findFirst();
    }

    /** By name, in order. */
    Collection<KinesisStream> all() {
        return streams.values();
    }

    long retainedBytes() {
        return context.memory().used();
    }

    int openShards() {
        return streams.values().stream()
                .mapToInt(stream -> stream.shards().openCount())
                .sum();
    }

    /** Drops what retention lets go, in all streams, and streams whose time of DELETING is over. */
    void expire() {
        streams.values().removeIf(KinesisStream::isGone);
        streams.values().forEach(KinesisStream::expire);
    }

    /** Gives on-demand streams the shards that their load asks for. */
    void scale() {
        for (KinesisStream stream : streams.values()) {
            List<Shard> split = stream.scale();
            if (!split.isEmpty()) {
                LOG.info(
                        "The on-demand stream {} has {} shards now: {} were more than half busy and are split",
                        stream.name(),
                        stream.shards().openCount(),
                        split.size());
            }
        }
    }

    /** Whether records can be taken: false while all that is retained is needed and the byte bound is reached. */
    boolean hasRoom() {
        keepWithinMemory();
        return !context.memory().exceeded();
    }

    /** How many bytes all streams may hold. */
    long room() {
        return context.memory().limit();
    }

    /**
     * Keeps the records of all streams within the byte bound: the oldest records go first, whichever stream they are
     * in, but none that a mapping is not done with. What goes is journaled and warned of, since another reader may not
     * have seen it.
     */
    void keepWithinMemory() {
        if (!context.memory().exceeded()) {
            return;
        }
        evicting.lock();
        try {
            boolean more = true;
            while (more && context.memory().aboveLowMark()) {
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
        Shard.Eviction eviction = shard.evict(EVICTED_AT_ONCE, stream.neededFrom(shard));
        if (eviction.records() == 0) {
            return;
        }
        warn(stream, shard);
        journal.append(
                new JournalEvent.Expired(stream.name(), shard.id(), eviction.lastSequenceNumber(), eviction.records()));
    }

    /** Once a minute, since a full memory drops something at each put. */
    private void warn(KinesisStream stream, Shard shard) {
        Instant now = now();
        if (warnedAt.plus(WARNING_INTERVAL).isAfter(now)) {
            return;
        }
        warnedAt = now;
        LOG.warn(
                "Records are dropped before their retention period ends, the oldest first, now from {} of stream {}:"
                        + " the streams may hold {} bytes together. Give the process more memory (-Xmx) or read faster.",
                shard.id(),
                stream.name(),
                context.memory().limit());
    }
}
