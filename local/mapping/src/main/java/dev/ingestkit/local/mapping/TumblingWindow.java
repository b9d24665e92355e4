package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.CheckpointTracker.Mark;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * An open tumbling window. Windows start at multiples of their length since the epoch, and a record
 * belongs to the one of its arrival time.
 *
 * @param start inclusive
 * @param end exclusive
 * @param state the state that the last invocation returned, as JSON
 * @param terminatedEarly whether the state exceeded its limit, so that the window ends early
 * @param floor the shard's position before the window's first record: a restart begins there, since the state is lost
 */
record TumblingWindow(Instant start, Instant end, String state, boolean terminatedEarly, Mark floor) {

    private static final String EMPTY_STATE = "{}";

    static TumblingWindow around(Instant arrival, Duration length, Mark floor) {
        long millis = length.toMillis();
        Instant start = Instant.ofEpochMilli(Math.floorDiv(arrival.toEpochMilli(), millis) * millis);
        return new TumblingWindow(start, start.plus(length), EMPTY_STATE, false, floor);
    }

    TumblingWindow withState(String next) {
        boolean tooLarge = next.length() > DeliveryRules.STATE_LIMIT
                || next.getBytes(StandardCharsets.UTF_8).length > DeliveryRules.STATE_LIMIT;
        return new TumblingWindow(start, end, next, tooLarge, floor);
    }

    boolean endsBefore(Instant arrival) {
        return !arrival.isBefore(end);
    }
}
