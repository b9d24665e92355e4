package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One shard: its records in the order of their sequence numbers, who waits for more, and whether it is closed. Thread-safe;
 * its lock is held only to move references, never while numbers are printed, data copied or a waiter run.
 */
final class Shard {

    private final int index;
    private final Lineage lineage;
    private final HashRange range;
    private final String id;
    private final Birth birth;
    private final LongSupplier retentionMillis;
    private final MemoryBudget memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecordLog log = new RecordLog();
    private final Set<ShardWaiter> waiters = new LinkedHashSet<>();
    /** First positions of what was appended and is not told of yet: no reader comes this far. */
    private final ArrayDeque<Long> untold = new ArrayDeque<>();

    private long lastArrival;
    private long bytesTaken;
    private long evictedTo;
    private volatile @Nullable Instant closedAt;

    /**
     * When a shard began.
     *
     * @param second what its sequence numbers carry: later than its parents' even if those were opened just before
     */
    record Birth(long second, Instant openedAt) {}

    Shard(int index, Lineage lineage, HashRange range, Birth birth, LongSupplier retentionMillis, MemoryBudget memory) {
        this.index = index;
        this.lineage = requireNonNull(lineage, "lineage");
        this.range = requireNonNull(range, "range");
        this.id = idOf(index);
        this.birth = requireNonNull(birth, "birth");
        this.retentionMillis = requireNonNull(retentionMillis, "retentionMillis");
        this.memory = requireNonNull(memory, "memory");
    }

    static String idOf(int index) {
        return "shardId-%012d".formatted(index);
    }

    String id() {
        return id;
    }

    int index() {
        return index;
    }

    HashRange range() {
        return range;
    }

    Lineage lineage() {
        return lineage;
    }

    long createdSecond() {
        return birth.second();
    }

    /** From when on it took records. */
    Instant openedAt() {
        return birth.openedAt();
    }

    boolean isOpen() {
        return closedAt == null;
    }

    Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    String startingSequenceNumber() {
        return new SequenceNumber(birth.second(), 0, birth.second(), index).toString();
    }

    /** Only a closed shard has one. */
    Optional<String> endingSequenceNumber() {
        return closedAt()
                .map(at -> new SequenceNumber(birth.second(), SequenceNumber.END_PLACE, at.getEpochSecond(), index)
                        .toString());
    }

    /**
     * Appends in the given order; each record passes the quota or is left out.
     *
     * @param chosen which of the entries belong to this shard
     * @param outcomes filled at the same places
     * @return false, nothing done, if the shard is closed: route again
     */
    boolean append(List<PutEntry> entries, List<Integer> chosen, PutOutcome[] outcomes, Append how) {
        long[] places = new long[chosen.size()];
        long first;
        long arrival;
        lock.lock();
        try {
            if (closedAt != null) {
                return false;
            }
            arrival = Math.max(how.nowMillis(), lastArrival);
            lastArrival = arrival;
            trim(arrival);
            first = log.end();
            store(entries, chosen, places, arrival, how);
            untold.addLast(first);
        } finally {
            lock.unlock();
        }
        report(chosen, places, outcomes, arrival, how);
        try {
            how.told().stored(chosen, outcomes);
        } finally {
            show(first);
        }
        return true;
    }

    /** Lets readers have what was appended from a position on, and wakes those who wait. */
    private void show(Long first) {
        List<ShardWaiter> woken;
        lock.lock();
        try {
            untold.removeFirstOccurrence(first);
            woken = takeWaiters();
        } finally {
            lock.unlock();
        }
        woken.forEach(ShardWaiter::wake);
    }

    /** Up to where readers come. */
    private long shown() {
        return untold.isEmpty() ? log.end() : Math.max(log.first(), untold.getFirst());
    }

    private void store(List<PutEntry> entries, List<Integer> chosen, long[] places, long arrival, Append how) {
        long weight = 0;
        for (int at = 0; at < places.length; at++) {
            PutEntry entry = entries.get(chosen.get(at));
            if (how.quota().tryTake(entry.size(), how.nowMillis())) {
                log.append(arrival, entry.partitionKey(), entry.data());
                bytesTaken += entry.size();
                weight += RecordLog.weight(entry.partitionKey(), entry.data());
                places[at] = log.end();
            }
        }
        memory.add(weight);
    }

    private void report(List<Integer> chosen, long[] places, PutOutcome[] outcomes, long arrival, Append how) {
        for (int at = 0; at < places.length; at++) {
            outcomes[chosen.get(at)] = places[at] == 0
                    ? new PutOutcome.Refused(how.errors().rateExceeded(id, how.stream()))
                    : new PutOutcome.Stored(id, sequenceNumber(places[at], arrival));
        }
    }

    String sequenceNumber(long place, long arrivalMillis) {
        return new SequenceNumber(birth.second(), place, arrivalMillis / 1000, index).toString();
    }

    /** The number after which a reader at a position goes on. */
    String sequenceNumberBefore(long position, long nowMillis) {
        return position == 0 ? startingSequenceNumber() : sequenceNumber(position, nowMillis);
    }

    private List<ShardWaiter> takeWaiters() {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<ShardWaiter> taken = List.copyOf(waiters);
        waiters.clear();
        return taken;
    }

    /** Reads forward from a position: at most {@code limit} records and, but for the first, {@code maxBytes}. */
    ShardRead read(long position, int limit, long maxBytes, long nowMillis, boolean encrypted) {
        ReadSlice slice;
        lock.lock();
        try {
            trim(nowMillis);
            slice = slice(position, limit, maxBytes, nowMillis);
        } finally {
            lock.unlock();
        }
        return slice.toRead(this, encrypted);
    }

    private ReadSlice slice(long position, int limit, long maxBytes, long nowMillis) {
        long from = Math.min(Math.max(position, log.first()), log.end());
        long next = from;
        long bytes = 0;
        long shown = shown();
        while (next < shown && next - from < limit) {
            int size = log.data(next).length;
            if (next > from && bytes + size > maxBytes) {
                break;
            }
            bytes += size;
            next++;
        }
        long skipped = Math.max(0, from - Math.max(position, evictedTo));
        return ReadSlice.of(log, from, (int) (next - from), closedAt != null, nowMillis, skipped);
    }

    /** The position for a reader that begins here and now; a number that is no record's own begins at the next one. */
    long position(IteratorPosition start, long nowMillis) {
        lock.lock();
        try {
            trim(nowMillis);
            if (start instanceof IteratorPosition.TrimHorizon) {
                return log.first();
            }
            if (start instanceof IteratorPosition.Latest) {
                return log.end();
            }
            if (start instanceof IteratorPosition.AtTimestamp timestamp) {
                return log.firstSince(timestamp.from().toEpochMilli());
            }
            throw new IllegalArgumentException("a sequence number is resolved by its place: " + start);
        } finally {
            lock.unlock();
        }
    }

    /** The position of the record with a place in the sequence, or where it would be. */
    long positionOfPlace(long place) {
        lock.lock();
        try {
            return Math.min(Math.max(place - 1, 0), log.end());
        } finally {
            lock.unlock();
        }
    }

    /** Completes, on the writer's thread, when a record is there at the position or the shard is closed. */
    ShardWaiter await(long position) {
        ShardWaiter waiter = new ShardWaiter();
        lock.lock();
        try {
            if (position < shown() || (closedAt != null && untold.isEmpty())) {
                waiter.wake();
            } else {
                waiters.add(waiter);
            }
        } finally {
            lock.unlock();
        }
        return waiter;
    }

    /** Lets go of a waiter that nobody waits for any more. */
    void forget(ShardWaiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** How many wait; a reader that was closed must not count. */
    int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** Holds the shard against writers while its children are made. */
    ReentrantLock writeLock() {
        return lock;
    }

    /**
     * No record comes after this. The caller holds {@link #writeLock} and, once it has published what replaces the
     * shard and has let go of the lock, completes the waiters.
     */
    List<ShardWaiter> close(Instant at) {
        closedAt = at;
        return takeWaiters();
    }

    /** Drops what is older than the retention period. */
    void expire(long nowMillis) {
        lock.lock();
        try {
            trim(nowMillis);
        } finally {
            lock.unlock();
        }
    }

    private void trim(long nowMillis) {
        long horizon = nowMillis - retentionMillis.getAsLong();
        if (!log.isEmpty() && log.arrivalMillis(log.first()) < horizon) {
            memory.release(log.trimTo(log.firstSince(horizon)));
        }
    }

    /** What has been written to it since it began. */
    Taken taken() {
        lock.lock();
        try {
            return new Taken(log.end(), bytesTaken);
        } finally {
            lock.unlock();
        }
    }

    /** An amount of records. */
    record Taken(long records, long bytes) {}

    /** How many records are kept. */
    long retained() {
        lock.lock();
        try {
            return log.end() - log.first();
        } finally {
            lock.unlock();
        }
    }

    /** When the oldest record came; empty if there is none. */
    Optional<Instant> oldestArrival() {
        return oldestArrivalBefore(Long.MAX_VALUE);
    }

    /** When the oldest record before a position came; empty if none is retained there. */
    Optional<Instant> oldestArrivalBefore(long position) {
        lock.lock();
        try {
            return log.first() < Math.min(position, log.end())
                    ? Optional.of(Instant.ofEpochMilli(log.arrivalMillis(log.first())))
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Drops the oldest records before their time, until so many bytes are free.
     *
     * @param before records from this position on stay
     * @return how many, and the last one's number
     */
    Eviction evict(long bytes, long before) {
        lock.lock();
        try {
            long first = log.first();
            long freed = 0;
            String last = "";
            while (freed < bytes && !log.isEmpty() && log.first() < before) {
                last = sequenceNumber(log.first() + 1, log.arrivalMillis(log.first()));
                freed += log.trimTo(log.first() + 1);
            }
            memory.release(freed);
            evictedTo = log.first();
            return new Eviction(log.first() - first, last);
        } finally {
            lock.unlock();
        }
    }

    /** Records that were dropped early. */
    record Eviction(long records, String lastSequenceNumber) {}

    /** Gives all memory back: the stream is deleted. */
    List<ShardWaiter> discard(Instant at) {
        lock.lock();
        try {
            memory.release(log.trimTo(log.end()));
            return close(at);
        } finally {
            lock.unlock();
        }
    }
}
