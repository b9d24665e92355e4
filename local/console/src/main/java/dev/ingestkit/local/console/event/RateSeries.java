package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecentInvocations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the last 15 minutes in intervals of 5 seconds, from a journal's entries. An interval without entries holds
 * zeros. Not thread-safe.
 */
final class RateSeries {

    static final int SECONDS = 5;
    static final int INTERVALS = 180;

    private static final int THROTTLED = 429;

    private final @Nullable Interval[] ring = new Interval[INTERVALS];

    private static final class Interval {
        private final long index;
        private final Map<String, Long> counts = new TreeMap<>();
        private final LatencyHistogram latency = new LatencyHistogram();
        private final Map<String, Work> functions = new TreeMap<>();
        /** The records put into each stream. */
        private final Map<String, Long> streams = new TreeMap<>();

        Interval(long index) {
            this.index = index;
        }

        void count(String name, long by) {
            counts.merge(name, by, Long::sum);
        }
    }

    /** The invocations of one function. */
    private static final class Work {
        private int invocations;
        private int errors;
        private int coldStarts;
        private final LatencyHistogram durations = new LatencyHistogram();
    }

    void take(JournalEntry entry) {
        Interval interval = at(entry.at());
        JournalEvent event = entry.event();
        switch (event.kind()) {
            case ACCEPTED -> interval.count("accepted", 1);
            case REJECTED -> rejected(interval, (JournalEvent.Rejected) event);
            case PUT -> put(interval, (JournalEvent.Put) event);
            case QUEUED -> interval.count("queued", 1);
            case DELIVERED ->
                interval.count(
                        "delivered", ((JournalEvent.Delivered) event).range().records());
            case ATTEMPT -> attempt(interval, (JournalEvent.Attempt) event);
            case STORED -> interval.count("stored", 1);
            case PARKED -> interval.count("parked", 1);
            case DEAD_LETTER ->
                interval.count(
                        "deadLetters", ((JournalEvent.DeadLetter) event).range().records());
            case FILTERED ->
                interval.count(
                        "filtered",
                        ((JournalEvent.Filtered) event).sequenceNumbers().size());
            case EXPIRED -> interval.count("expired", ((JournalEvent.Expired) event).records());
            case DROPPED -> dropped(interval, (JournalEvent.Dropped) event);
            case FAULT -> interval.count("faults", 1);
            case FUNCTION -> function(interval, (JournalEvent.Function) event);
            case INVOKED -> {
                // counted as an invocation
            }
        }
    }

    /** Adds the time from arrival to store of one event. */
    void stored(Instant at, Duration sinceArrival) {
        at(at).latency.add(Math.max(0, sinceArrival.toNanos() / 1_000));
    }

    /** Notes a level such as the number of events in flight, of which each interval keeps the highest. */
    void level(Instant at, String name, long value) {
        at(at).counts.merge(name, value, Math::max);
    }

    private static void put(Interval interval, JournalEvent.Put put) {
        interval.count("put", 1);
        interval.count("bytes", put.bytes());
        interval.streams.merge(Arn.nameIn(put.stream()), 1L, Long::sum);
    }

    private static void rejected(Interval interval, JournalEvent.Rejected request) {
        interval.count("rejected", 1);
        interval.count(request.status() == THROTTLED ? "throttled" : "refused", 1);
    }

    private static void attempt(Interval interval, JournalEvent.Attempt attempt) {
        boolean failed = attempt.result().outcome() != JournalEvent.Attempt.Outcome.SUCCEEDED;
        interval.count("attempts", 1);
        interval.count("failedAttempts", failed ? 1 : 0);
    }

    private static void dropped(Interval interval, JournalEvent.Dropped messages) {
        switch (messages.cause()) {
            case FILTERED -> interval.count("filtered", messages.messageIds().size());
            case EXPIRED -> interval.count("expired", messages.messageIds().size());
            case PURGED -> {
                // Someone's wish, not a fate of events; the entry has no number of messages.
            }
        }
    }

    /** Counts an invocation of a function, whatever invoked it. One that ended before the last 15 minutes has no interval. */
    void take(RecentInvocations.Finished invocation) {
        Interval interval = at(invocation.at());
        if (interval.index != invocation.at().getEpochSecond() / SECONDS) {
            return;
        }
        Work work = work(interval, invocation.function());
        work.invocations++;
        work.errors += invocation.failed() ? 1 : 0;
        work.durations.add(invocation.micros());
    }

    private static Work work(Interval interval, String function) {
        String name = Arn.functionNameIn(function);
        return interval.functions.computeIfAbsent(name, missing -> new Work());
    }

    private static void function(Interval interval, JournalEvent.Function function) {
        if (function.what().equals("started") || function.what().equals("reloaded")) {
            interval.count("coldStarts", 1);
            work(interval, function.function()).coldStarts++;
        }
    }

    private Interval at(Instant time) {
        long index = time.getEpochSecond() / SECONDS;
        int slot = Math.floorMod(index, INTERVALS);
        Interval held = ring[slot];
        if (held == null || held.index < index) {
            held = new Interval(index);
            ring[slot] = held;
        }
        return held;
    }

    /**
     * Returns the series that ends with the interval of a time: {@code intervals} oldest first, the percentiles of the
     * last minute, and each function's figures of the last 15 minutes.
     */
    ObjectNode json(Instant now) {
        long last = now.getEpochSecond() / SECONDS;
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("seconds", SECONDS);
        json.put("end", Instant.ofEpochSecond((last + 1) * SECONDS).toString());
        ArrayNode intervals = json.putArray("intervals");
        LatencyHistogram lastMinute = new LatencyHistogram();
        Map<String, Work> functions = new TreeMap<>();
        for (long index = last - INTERVALS + 1; index <= last; index++) {
            Interval held = ring[Math.floorMod(index, INTERVALS)];
            ObjectNode interval = intervals.addObject();
            if (held != null && held.index == index) {
                write(interval, held);
                held.functions.forEach((name, work) -> merge(functions, name, work));
                if (index > last - 60 / SECONDS) {
                    lastMinute.addAll(held.latency);
                }
            }
        }
        putPercentiles(json.putObject("lastMinute"), lastMinute);
        ObjectNode all = json.putObject("functions");
        functions.forEach((name, work) -> write(all.putObject(name), work));
        return json;
    }

    private static void write(ObjectNode json, Interval interval) {
        interval.counts.forEach(json::put);
        if (!interval.streams.isEmpty()) {
            interval.streams.forEach(json.putObject("streams")::put);
        }
        putPercentiles(json, interval.latency);
    }

    private static void write(ObjectNode json, Work work) {
        json.put("invocations", work.invocations);
        json.put("errors", work.errors);
        json.put("coldStarts", work.coldStarts);
        putPercentiles(json, work.durations);
    }

    private static void merge(Map<String, Work> all, String name, Work work) {
        Work sum = all.computeIfAbsent(name, missing -> new Work());
        sum.invocations += work.invocations;
        sum.errors += work.errors;
        sum.coldStarts += work.coldStarts;
        sum.durations.addAll(work.durations);
    }

    private static void putPercentiles(ObjectNode json, LatencyHistogram histogram) {
        if (!histogram.isEmpty()) {
            json.put("p50", histogram.percentile(50));
            json.put("p99", histogram.percentile(99));
        }
    }
}
