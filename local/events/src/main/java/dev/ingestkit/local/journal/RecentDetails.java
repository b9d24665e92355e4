package dev.ingestkit.local.journal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The details of the latest calls: at most {@value #MAX_CALLS} and {@value #MAX_BYTES} bytes, the oldest dropped first,
 * and none of a call larger than {@value #MAX_CALL_BYTES} bytes. Thread-safe; adding takes a short lock.
 */
public final class RecentDetails {

    static final int MAX_CALLS = 4_096;
    static final long MAX_BYTES = 8L * 1024 * 1024;
    static final long MAX_CALL_BYTES = 512L * 1024;

    private final Clock clock;
    private final Deque<Kept> calls = new ArrayDeque<>();
    private long bytes;

    /** A detail with the time at which it was added: when the call was answered. */
    public record Kept(Instant at, CallDetail detail) {}

    RecentDetails(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
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
