package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.ShardId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One shard: its records in the order of their sequence numbers, the readers that wait for more, and whether it is
 * closed. Thread-safe. The lock is held only to move references, never while numbers are formatted, data is copied or a
 * waiter runs.
 */
final class Shard {

    private final int index;
    private final Lineage lineage;
    private final HashRange range;
    private final ShardId id;
    private final Birth birth;
    private final LongSupplier retentionMillis;
    private final MemoryBudget memory;
    private final ShardStorage storage;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecordLog log = new RecordLog();
    private final Publication publication = new Publication();
    private long lastArrival;
    private long bytesWritten;
    private long evictedTo;
    private volatile @Nullable Instant closedAt;

    /**
     * The creation of a shard.
     *
     * @param second the second in its sequence numbers: later than its parents' even if those were opened just before
     * @param openedAt the time from which it accepts records
     */
    record Birth(long second, Instant openedAt) {}

    Shard(
            int index,
            Lineage lineage,
            HashRange range,
            Birth birth,
            LongSupplier retentionMillis,
            MemoryBudget memory,
            ShardStorage storage) {
        this.index = index;
        this.lineage = requireNonNull(lineage, "lineage");
        this.range = requireNonNull(range, "range");
        this.id = idOf(index);
        this.birth = requireNonNull(birth, "birth");
        this.retentionMillis = requireNonNull(retentionMillis, "retentionMillis");
        this.memory = requireNonNull(memory, "memory");
        this.storage = requireNonNull(storage, "storage");
    }

    /** Continues as the shard of an earlier process. Only before the shard is used. */
    void restore(StoredShard stored, @Nullable Instant closed) {
        stored.restore(log);
        memory.add(log.weight());
        lastArrival = log.lastArrival();
        closedAt = closed;
        storage.restored(log);
    }

    /** Returns the shard's records that a view of the store has. Takes no lock. */
    FrozenShard freeze(long streamSerial) {
        return new FrozenShard(streamSerial, this, storage.frozenEnd());
    }

    FrozenShard.Records copyBefore(long position) {
        return locked(() -> log.copyBefore(position));
    }

    static ShardId idOf(int index) {
        return new ShardId(index);
    }

    ShardId id() {
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

    Instant openedAt() {
        return birth.openedAt();
    }

    boolean isOpen() {
        return closedAt == null;
    }

    Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    SequenceNumber startingSequenceNumber() {
        return new SequenceLayout(birth.second(), 0, birth.second(), index).toSequenceNumber();
    }

    /** Returns the ending sequence number, which only a closed shard has. */
    Optional<SequenceNumber> endingSequenceNumber() {
        return closedAt()
                .map(at -> new SequenceLayout(birth.second(), SequenceLayout.END_ORDINAL, at.getEpochSecond(), index)
                        .toSequenceNumber());
    }

    /**
     * Appends records in the given order; a record that exceeds the quota is left out.
     *
     * @param indexes the indexes of the entries that belong to this shard
     * @param outcomes filled at the same indexes
     * @return false, with nothing appended, if the shard is closed: route again
     */
    boolean append(List<PutEntry> entries, List<Integer> indexes, PutOutcome[] outcomes, Append append) {
        long[] ordinals = new long[indexes.size()];
        long first;
        long arrival;
        lock.lock();
        try {
            if (closedAt != null) {
                return false;
            }
            arrival = Math.max(append.nowMillis(), lastArrival);
            lastArrival = arrival;
            trim(arrival);
            first = log.end();
            store(entries, indexes, ordinals, arrival, append);
            storage.appended(log, first);
            publication.hide(first);
        } finally {
            lock.unlock();
        }
        report(indexes, ordinals, outcomes, arrival, append);
        try {
            append.onAppended().appended(indexes, outcomes);
        } finally {
            storage.afterWritten(() -> publish(first));
        }
        return true;
    }

    /** Makes the records appended from a position on visible to readers, and wakes the waiting ones. */
    private void publish(Long first) {
        List<ShardWaiter> woken;
        lock.lock();
        try {
            woken = publication.publish(first);
        } finally {
            lock.unlock();
        }
        woken.forEach(ShardWaiter::wake);
    }

    /** Stores the records within the quota and sets their ordinals; those left out have 0. */
    private void store(List<PutEntry> entries, List<Integer> indexes, long[] ordinals, long arrival, Append append) {
        long weight = 0;
        for (int at = 0; at < ordinals.length; at++) {
            PutEntry entry = entries.get(indexes.get(at));
            if (append.quota().tryTake(entry.size(), append.nowMillis())) {
                log.append(arrival, entry.partitionKey(), entry.data());
                bytesWritten += entry.size();
                weight += RecordLog.weight(entry.partitionKey(), entry.data());
                ordinals[at] = log.end();
            }
        }
        memory.add(weight);
    }

    private void report(List<Integer> indexes, long[] ordinals, PutOutcome[] outcomes, long arrival, Append append) {
        for (int at = 0; at < ordinals.length; at++) {
            outcomes[indexes.get(at)] = ordinals[at] == 0
                    ? new PutOutcome.Rejected(append.errors().rateExceeded(id, append.stream()))
                    : new PutOutcome.Stored(id, sequenceNumber(ordinals[at], arrival));
        }
    }

    SequenceNumber sequenceNumber(long ordinal, long arrivalMillis) {
        return new SequenceLayout(birth.second(), ordinal, arrivalMillis / 1000, index).toSequenceNumber();
    }

    /** Returns the number after which a reader at a position continues. */
    SequenceNumber sequenceNumberBefore(long position, long nowMillis) {
        return position == 0 ? startingSequenceNumber() : sequenceNumber(position, nowMillis);
    }

    /** Reads forward from a position: at most {@code limit} records and, beyond the first, {@code maxBytes}. */
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
        long visibleEnd = publication.visibleEnd(log);
        while (next < visibleEnd && next - from < limit) {
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

    /** Returns the position of the oldest retained record. */
    long oldestPosition(long nowMillis) {
        return locked(() -> {
            trim(nowMillis);
            return log.first();
        });
    }

    /** Returns the position of the next record to be put. */
    long nextPosition(long nowMillis) {
        return locked(() -> {
            trim(nowMillis);
            return log.end();
        });
    }

    /** Returns the position of the first retained record that arrived at a time or later. */
    long positionSince(Instant from, long nowMillis) {
        return locked(() -> {
            trim(nowMillis);
            return log.firstSince(from.toEpochMilli());
        });
    }

    /** Returns the position of the record with an ordinal, or the position at which it would be. */
    long positionOf(long ordinal) {
        return locked(() -> Math.min(Math.max(ordinal - 1, 0), log.end()));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns a waiter that is woken, on the writer's thread, by a record at the position or by the shard's closing.
     */
    ShardWaiter await(long position) {
        ShardWaiter waiter = new ShardWaiter();
        lock.lock();
        try {
            if (position < publication.visibleEnd(log) || (closedAt != null && publication.isComplete())) {
                waiter.wake();
            } else {
                publication.add(waiter);
            }
        } finally {
            lock.unlock();
        }
        return waiter;
    }

    /** Removes a waiter that is no longer needed. */
    void forget(ShardWaiter waiter) {
        lock.lock();
        try {
            publication.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of waiting readers. A closed reader must not be among them. */
    int waiting() {
        return locked(publication::waiting);
    }

    /** Returns the lock that keeps writers out while the shard's children are created. */
    ReentrantLock writeLock() {
        return lock;
    }

    /**
     * Closes the shard: no record follows. The caller holds {@link #writeLock} and wakes the returned waiters once it
     * has published the shard's successors and released the lock.
     */
    List<ShardWaiter> close(Instant at) {
        closedAt = at;
        return publication.takeWaiters();
    }

    /** Drops the records older than the retention period. */
    void expire(long nowMillis) {
        oldestPosition(nowMillis);
    }

    private void trim(long nowMillis) {
        long horizon = nowMillis - retentionMillis.getAsLong();
        if (!log.isEmpty() && log.arrivalMillis(log.first()) < horizon) {
            long from = log.first();
            memory.release(log.trimTo(log.firstSince(horizon)));
            storage.trimmed(log, from);
        }
    }

    /** Returns the amount written to the shard since its creation. */
    Throughput throughput() {
        return locked(() -> new Throughput(log.end(), bytesWritten));
    }

    /** An amount of written data. */
    record Throughput(long records, long bytes) {}

    /** Returns the arrival time of the oldest retained record before a position; empty if there is none. */
    Optional<Instant> oldestArrivalBefore(long position) {
        return locked(() -> log.first() < Math.min(position, log.end())
                ? Optional.of(Instant.ofEpochMilli(log.arrivalMillis(log.first())))
                : Optional.empty());
    }

    /**
     * Drops the oldest records ahead of their time, until a number of bytes is free.
     *
     * @param before records from this position on are kept
     */
    Eviction evict(long bytes, long before) {
        lock.lock();
        try {
            long first = log.first();
            long freed = 0;
            SequenceNumber last = startingSequenceNumber();
            while (freed < bytes && !log.isEmpty() && log.first() < before) {
                last = sequenceNumber(log.first() + 1, log.arrivalMillis(log.first()));
                freed += log.trimTo(log.first() + 1);
            }
            memory.release(freed);
            storage.trimmed(log, first);
            evictedTo = log.first();
            return new Eviction(log.first() - first, last);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The records dropped by one eviction.
     *
     * @param records their number, possibly 0
     * @param lastSequenceNumber the youngest of them; the shard's own number if there are none
     */
    record Eviction(long records, SequenceNumber lastSequenceNumber) {}

    /** Releases all memory, because the stream is deleted. Returns the waiters to wake. */
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
