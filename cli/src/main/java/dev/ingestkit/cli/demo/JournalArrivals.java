package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Tracks events by an embedded runtime's journal, which reports each arrival as it happens. */
final class JournalArrivals implements Arrivals {

    private static final int AT_ONCE = 10_000;

    private final Journal journal;
    private final Semaphore news = new Semaphore(1);
    private final AutoCloseable subscription;
    private final Map<String, Instant> stored = new HashMap<>();
    private long deadLettered;
    private long seen;

    JournalArrivals(Journal journal) {
        this.journal = requireNonNull(journal, "journal");
        this.subscription = journal.listen(news::release);
    }

    @Override
    public void expect(String id) {
        // The journal reports every event.
    }

    @Override
    public Optional<Instant> storedAt(String id) {
        return Optional.ofNullable(stored.get(id));
    }

    @Override
    public long finished() {
        return stored.size() + deadLettered;
    }

    @Override
    public boolean await(Predicate<Arrivals> condition, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        read();
        while (!condition.test(this)) {
            try {
                if (!news.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
            news.drainPermits();
            read();
        }
        return true;
    }

    private void read() {
        for (JournalEntry entry : journal.after(seen, AT_ONCE)) {
            seen = entry.number();
            take(entry.at(), entry.event());
        }
    }

    private void take(Instant at, JournalEvent event) {
        switch (event.kind()) {
            case STORED -> stored.putIfAbsent(((JournalEvent.Stored) event).key(), at);
            case PARKED -> deadLettered++;
            case DEAD_LETTER ->
                deadLettered += ((JournalEvent.DeadLetter) event).range().records();
            case ACCEPTED,
                    REJECTED,
                    PUT,
                    QUEUED,
                    DELIVERED,
                    ATTEMPT,
                    INVOKED,
                    FILTERED,
                    EXPIRED,
                    DROPPED,
                    FUNCTION,
                    FAULT -> {}
        }
    }

    @Override
    public void close() {
        try {
            subscription.close();
        } catch (Exception impossible) {
            throw new IllegalStateException("unsubscribing does not fail", impossible);
        }
    }
}
