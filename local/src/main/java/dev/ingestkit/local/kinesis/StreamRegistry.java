package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
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
    private static final int EVICTED_AT_ONCE = 1024;

    private final String account;
    private final String region;
    private final KinesisStream.Context context;
    private final Journal journal;
    private final RandomGenerator random;
    private final Map<String, KinesisStream> streams = new ConcurrentSkipListMap<>();
    private final ReentrantLock evicting = new ReentrantLock();

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
        KinesisStream.Identity identity =
                new KinesisStream.Identity(name, arnOf(name), newStreamId(), random.nextLong(), now());
        KinesisStream stream = new KinesisStream(identity, specification, context);
        KinesisStream taken =
                streams.compute(name, (key, present) -> present == null || present.isGone() ? stream : present);
        if (taken != stream) {
            throw errors().streamExists(name);
        }
        return stream;
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

    /**
     * Keeps the records of all streams within the byte bound: the oldest records go first, whichever stream they are
     * in. What goes is journaled and warned of, since a reader may not have seen it.
     */
    void keepWithinMemory() {
        if (!context.memory().exceeded() || !evicting.tryLock()) {
            return;
        }
        try {
            while (context.memory().aboveLowMark() && evictOldest()) {
                LOG.debug("{} bytes of records retained", context.memory().used());
            }
        } finally {
            evicting.unlock();
        }
    }

    private boolean evictOldest() {
        record Candidate(KinesisStream stream, Shard shard, Instant oldest) {}
        Optional<Candidate> oldest = streams.values().stream()
                .flatMap(stream -> stream.shards().all().stream()
                        .flatMap(shard ->
                                shard.oldestArrival().stream().map(arrival -> new Candidate(stream, shard, arrival))))
                .min(Comparator.comparing(Candidate::oldest));
        oldest.ifPresent(found -> evict(found.stream(), found.shard()));
        return oldest.isPresent();
    }

    private void evict(KinesisStream stream, Shard shard) {
        Shard.Eviction eviction = shard.evict(EVICTED_AT_ONCE);
        if (eviction.records() == 0) {
            return;
        }
        LOG.warn(
                "Stream {}, {}: the oldest {} records were dropped before their retention period ended, since the"
                        + " records of all streams exceed the bound of {} bytes",
                stream.name(),
                shard.id(),
                eviction.records(),
                context.memory().limit());
        journal.append(
                new JournalEvent.Expired(stream.name(), shard.id(), eviction.lastSequenceNumber(), eviction.records()));
    }
}
