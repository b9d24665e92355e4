package dev.ingestkit.local.journal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest invocations of functions, whatever invoked them: a mapping, a client, an API, an authorizer, a rule. At most
 * {@value #CAPACITY}, of which the oldest is dropped first. Thread-safe; adding takes a short lock.
 */
public final class RecentInvocations {

    static final int CAPACITY = 65_536;

    private final Clock clock;
    private final @Nullable Finished[] ring = new Finished[CAPACITY];
    private long last;
    private long cleared;

    /**
     * A finished invocation.
     *
     * @param number counts the invocations from 1
     * @param function the function's ARN
     * @param at when it ended
     * @param failed whether the function failed, crashed or timed out
     * @param micros the time that the handler ran
     */
    public record Finished(long number, String function, Instant at, boolean failed, long micros) {
        public Finished {
            requireNonNull(function, "function");
            requireNonNull(at, "at");
        }
    }

    RecentInvocations(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Adds an invocation that ends now; see {@link Finished} for the parameters. */
    public void add(String function, boolean failed, long micros) {
        Instant now = clock.instant();
        synchronized (this) {
            last++;
            ring[(int) (last % CAPACITY)] = new Finished(last, function, now, failed, micros);
        }
    }

    /** Returns the invocations that ended after one, oldest first; those dropped since then are missing. */
    public synchronized List<Finished> after(long number) {
        List<Finished> found = new ArrayList<>();
        for (long next = Math.max(Math.max(number, cleared), last - CAPACITY) + 1; next <= last; next++) {
            found.add(requireNonNull(ring[(int) (next % CAPACITY)]));
        }
        return found;
    }

    synchronized void clear() {
        for (long number = Math.max(cleared, last - CAPACITY) + 1; number <= last; number++) {
            ring[(int) (number % CAPACITY)] = null;
        }
        cleared = last;
    }
}
