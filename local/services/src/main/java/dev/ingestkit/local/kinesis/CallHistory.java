package dev.ingestkit.local.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** When an action was called, where AWS allows so many calls in a rolling day for one stream. Thread-safe. */
final class CallHistory {

    static final int SHARD_COUNT_UPDATES = 10;
    static final int MODE_UPDATES = 2;
    private static final Duration WINDOW = Duration.ofHours(24);

    private final int limit;
    private final Deque<Instant> calls = new ArrayDeque<>();

    CallHistory(int limit) {
        this.limit = limit;
    }

    /**
     * @return false, nothing noted, if the day's calls are used up
     */
    synchronized boolean tryCall(Instant now) {
        while (!calls.isEmpty() && !calls.getFirst().plus(WINDOW).isAfter(now)) {
            calls.removeFirst();
        }
        if (calls.size() >= limit) {
            return false;
        }
        calls.addLast(now);
        return true;
    }
}
