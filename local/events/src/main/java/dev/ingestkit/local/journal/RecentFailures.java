package dev.ingestkit.local.journal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of the last invocations that failed, whatever invoked the function: at most {@value #MAX_FAILURES} and
 * {@value #MAX_BYTES} bytes. When they are full, the function with the most bytes loses its oldest event, so that
 * one function that fails again and again does not push out the others' events. Thread-safe; adding takes a short lock.
 */
public final class RecentFailures {

    static final int MAX_FAILURES = 1_024;
    static final long MAX_BYTES = 8L * 1024 * 1024;

    private static final long FIXED = 200;

    private final Clock clock;
    private final Map<String, Events> functions = new HashMap<>();
    private long last;
    private int count;
    private long bytes;

    /**
     * A failed invocation.
     *
     * @param number counts the failures from 1
     * @param function the function's ARN
     * @param at when the invocation ended
     * @param reason the function's or the runtime's words
     * @param event what the function received; nobody changes it
     */
    public record Failure(long number, String requestId, String function, Instant at, String reason, byte[] event) {

        public Failure {
            requireNonNull(requestId, "requestId");
            requireNonNull(function, "function");
            requireNonNull(at, "at");
            requireNonNull(reason, "reason");
            requireNonNull(event, "event");
        }

        private long weight() {
            return FIXED + 2L * reason.length() + event.length;
        }
    }

    /** The events of one function, oldest first. */
    private static final class Events {
        private final Deque<Failure> failures = new ArrayDeque<>();
        private long bytes;
    }

    RecentFailures(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Keeps an event for a while; see {@link Failure} for the parameters. */
    public void add(String requestId, String function, String reason, byte[] event) {
        Instant now = clock.instant();
        synchronized (this) {
            last++;
            Failure failure = new Failure(last, requestId, function, now, reason, event);
            Events events = functions.computeIfAbsent(function, name -> new Events());
            events.failures.addLast(failure);
            events.bytes += failure.weight();
            bytes += failure.weight();
            count++;
            while (count > MAX_FAILURES || bytes > MAX_BYTES) {
                dropOne();
            }
        }
    }

    private void dropOne() {
        Map.Entry<String, Events> largest = functions.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().bytes))
                .orElseThrow();
        Events events = largest.getValue();
        long weight = events.failures.removeFirst().weight();
        events.bytes -= weight;
        bytes -= weight;
        count--;
        if (events.failures.isEmpty()) {
            functions.remove(largest.getKey());
        }
    }

    /** Returns the failed invocations that are kept, oldest first. */
    public synchronized List<Failure> all() {
        return functions.values().stream()
                .flatMap(events -> events.failures.stream())
                .sorted(Comparator.comparingLong(Failure::number))
                .toList();
    }

    synchronized void clear() {
        functions.clear();
        count = 0;
        bytes = 0;
    }
}
