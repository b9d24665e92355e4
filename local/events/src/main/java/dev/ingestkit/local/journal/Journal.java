package dev.ingestkit.local.journal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last entries in memory, oldest dropped first, and the counts of all entries since the start. Thread-safe.
 * Appending takes a short lock and calls listeners on the appending thread, so a listener must return quickly.
 */
public final class Journal {

    private static final int DEFAULT_CAPACITY = 65_536;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable JournalEntry[] ring;
    private final Map<JournalEvent.Kind, Long> counts = new EnumMap<>(JournalEvent.Kind.class);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final RecentDetails details;
    private final RecentFailures failures;
    private final RecentInvocations invocations;
    private long last;
    private long cleared;

    /** Creates an empty journal with room for 65,536 entries. */
    public Journal(Clock clock) {
        this(clock, DEFAULT_CAPACITY);
    }

    /**
     * Creates an empty journal.
     *
     * @param capacity how many entries are kept, at least 1
     */
    public Journal(Clock clock, int capacity) {
        this.clock = requireNonNull(clock, "clock");
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.details = new RecentDetails(clock);
        this.failures = new RecentFailures(clock);
        this.invocations = new RecentInvocations(clock);
        this.ring = new JournalEntry[capacity];
    }

    /** Appends one entry. */
    public void append(JournalEvent event) {
        Instant now = clock.instant();
        lock.lock();
        try {
            place(now, event);
        } finally {
            lock.unlock();
        }
        wake();
    }

    /** Appends entries together: no other entry is placed between them. */
    public void appendAll(List<? extends JournalEvent> events) {
        Instant now = clock.instant();
        lock.lock();
        try {
            events.forEach(event -> place(now, event));
        } finally {
            lock.unlock();
        }
        wake();
    }

    private void place(Instant now, JournalEvent event) {
        last++;
        ring[(int) (last % ring.length)] = new JournalEntry(last, now, event);
        counts.merge(event.kind(), 1L, Long::sum);
    }

    private void wake() {
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /**
     * Returns the entries after a number, oldest first.
     *
     * @param number 0 for all retained entries. Entries that were dropped since then are missing, as the first
     *     entry's number shows
     * @param limit the maximum number of entries
     */
    public List<JournalEntry> after(long number, int limit) {
        lock.lock();
        try {
            List<JournalEntry> entries = new ArrayList<>();
            long first = Math.max(Math.max(number, cleared) + 1, last - ring.length + 1);
            for (long next = Math.max(first, 1); next <= last && entries.size() < limit; next++) {
                entries.add(requireNonNull(ring[(int) (next % ring.length)]));
            }
            return entries;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the details of the latest calls, which entries name by their request ids. */
    public RecentDetails details() {
        return details;
    }

    /** Returns the events of the last invocations that failed, which entries name by their request ids. */
    public RecentFailures failures() {
        return failures;
    }

    /** Returns the last invocations, of which the entries have those by mappings, rules and asynchronous callers only. */
    public RecentInvocations invocations() {
        return invocations;
    }

    /** Drops all entries, details, invocations, failed events and counts; numbers continue after the last entry's. */
    public void clear() {
        lock.lock();
        try {
            for (long number = Math.max(cleared + 1, last - ring.length + 1); number <= last; number++) {
                ring[(int) (number % ring.length)] = null;
            }
            cleared = last;
            counts.clear();
            details.clear();
            failures.clear();
            invocations.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of the newest entry; 0 if there never was one. */
    public long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the counts by kind since the start, including dropped entries. */
    public Map<JournalEvent.Kind, Long> counts() {
        lock.lock();
        try {
            Map<JournalEvent.Kind, Long> all = new EnumMap<>(JournalEvent.Kind.class);
            for (JournalEvent.Kind kind : JournalEvent.Kind.values()) {
                all.put(kind, counts.getOrDefault(kind, 0L));
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Calls a listener after each append; it reads the new entries by {@link #after}.
     *
     * @return closes the subscription
     */
    public AutoCloseable listen(Runnable listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return () -> listeners.remove(listener);
    }
}
