package dev.ingestkit.local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts calls of an action that AWS limits per stream in a rolling day. Thread-safe. */
final class CallHistory {

    static final int SHARD_COUNT_UPDATES = 10;
    static final int MODE_UPDATES = 2;
    private static final Duration WINDOW = Duration.ofHours(24);

    private final int limit;
    private final Deque<Instant> calls = new ArrayDeque<>();

    CallHistory(int limit) {
        this.limit = limit;
    }

    synchronized ArrayNode toJson() {
        ArrayNode times = JsonNodeFactory.instance.arrayNode();
        calls.forEach(call -> times.add(call.toString()));
        return times;
    }

    /** Continues the history of an earlier process. */
    synchronized void restore(JsonNode times) {
        times.forEach(time -> calls.addLast(Instant.parse(time.textValue())));
    }

    /**
     * Records a call if the limit allows one more.
     *
     * @return false, with nothing recorded, if the day's calls are used up
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
