package dev.ingestkit.local.journal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The details of the latest calls: at most {@value #MAX_CALLS} and {@value #MAX_BYTES} bytes, the oldest dropped first,
 * and none of a call larger than {@value #MAX_CALL_BYTES} bytes.
 *
 * <p>While a reader asks, and for five minutes after its last question, every call is recorded; otherwise the first
 * {@value #MAX_UNWATCHED_PER_SECOND} calls of each second. Events that a person sends by hand therefore have their
 * details when the console is opened later, and load that nobody watches costs one read of a clock per call.
 * Thread-safe; adding takes a short lock.
 */
public final class RecentDetails {

    static final int MAX_CALLS = 4_096;
    static final long MAX_BYTES = 8L * 1024 * 1024;
    static final long MAX_CALL_BYTES = 512L * 1024;
    static final int MAX_UNWATCHED_PER_SECOND = 100;
    static final Duration WATCH = Duration.ofMinutes(5);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock;
    private final LongSupplier nanos;
    private final Deque<Kept> calls = new ArrayDeque<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private volatile long watchedUntil;
    private volatile long countedSince;
    private long bytes;

    /** A detail with the time at which it was added: when the call was answered. */
    public record Kept(Instant at, CallDetail detail) {}

    RecentDetails(Clock clock) {
        this(clock, System::nanoTime);
    }

    RecentDetails(Clock clock, LongSupplier nanos) {
        this.clock = requireNonNull(clock, "clock");
        this.nanos = requireNonNull(nanos, "nanos");
        this.watchedUntil = nanos.getAsLong();
        this.countedSince = watchedUntil;
    }

    /** Records every call from now on for five minutes, since a reader is there. */
    public void watch() {
        watchedUntil = nanos.getAsLong() + WATCH.toNanos();
    }

    /** Returns whether the details of a call that begins now are wanted. The answer counts as one recorded call. */
    public boolean admits() {
        long now = nanos.getAsLong();
        if (now - watchedUntil < 0) {
            return true;
        }
        if (now - countedSince >= SECOND) {
            // Two threads that begin a second together admit a few calls more than one would.
            countedSince = now;
            admitted.set(0);
        }
        return admitted.get() < MAX_UNWATCHED_PER_SECOND && admitted.incrementAndGet() <= MAX_UNWATCHED_PER_SECOND;
    }

    /** Keeps a detail for a while. */
    public void add(CallDetail detail) {
        long weight = detail.weight();
        if (weight > MAX_CALL_BYTES) {
            return;
        }
        Kept kept = new Kept(clock.instant(), detail);
        synchronized (this) {
            calls.addLast(kept);
            bytes += weight;
            while (calls.size() > MAX_CALLS || bytes > MAX_BYTES) {
                bytes -= calls.removeFirst().detail().weight();
            }
        }
    }

    /** Returns the details that requests and invocations have, oldest first. */
    public synchronized List<Kept> of(Set<String> requestIds) {
        return calls.stream()
                .filter(kept -> requestIds.contains(kept.detail().requestId()))
                .toList();
    }

    synchronized void clear() {
        calls.clear();
        bytes = 0;
    }
}
