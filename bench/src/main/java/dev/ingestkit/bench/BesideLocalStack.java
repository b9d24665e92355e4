package dev.ingestkit.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Compares the embedded runtime with LocalStack on one machine in one run: command to ready, first request, first
 * stored event, POST to stored before and after a load, sustained events per second with nothing lost, memory of all
 * processes. One program sends the same events to both. The images must be present; a run takes about five minutes.
 */
public final class BesideLocalStack {

    private static final int RATE = 4;
    private static final Duration LATENCY_TIME = Duration.ofSeconds(15);
    /** Long enough to measure more than the start of a JVM on either side. */
    private static final Duration LOAD_TIME = Duration.ofSeconds(45);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** More than either side stores; the limits of shards, which LocalStack's streams do not have, are off. */
    private static final double MAX_RATE = 4_000;
    /** Bounds the events of the load, so that what the stream and the table hold fits the runtime's heap. */
    private static final long MAX_LOAD_EVENTS = 60_000;

    /** LocalStack stores this many events in about the load's time; after them both have done the same work. */
    private static final int FIRST_EVENTS = 1_500;

    private static final int CLIENTS = 8;
    private static final int BYTES = 1024;

    private BesideLocalStack() {}

    /** The figures of one side, in seconds, milliseconds, events per second and megabytes. */
    private record Figures(Starts starts, First first, Latency fresh, Latency warm, Loaded load, MemoryUse memory) {}

    /** Time from the command until ready, cold and warm, in seconds. */
    private record Starts(double cold, double warm) {}

    /** Time from the first POST until its answer, and until the event is stored, in seconds. */
    private record First(double answered, double stored) {}

    /** Memory when idle, after the first events and after the load, in megabytes. */
    private record MemoryUse(double idle, double afterFirst, double afterLoad) {}

    /** The figures of a runtime attached to LocalStack: seconds until ready, megabytes of its own processes. */
    private record Attached(double ready, double memory) {}

    /** Time from POST to stored, in milliseconds. */
    private record Latency(double p50, double p99) {

        static Latency of(Pipeline pipeline, String prefix) throws Exception {
            Histogram times = PostToStored.times(pipeline, prefix, RATE, LATENCY_TIME);
            return new Latency(times.getValueAtPercentile(50) / 1000.0, times.getValueAtPercentile(99) / 1000.0);
        }
    }

    /** Measures the memory of all processes of one side. */
    @FunctionalInterface
    private interface Memory {
        double megabytes() throws IOException;
    }

    /** Runs the program; throws when an accepted event is not in the table. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("BesideLocalStack");
        Figures embedded = embedded();
        report.note("embedded: " + embedded);
        Figures localStack = localStack(report);
        report.note(String.format(
                Locale.ROOT, "%-32s %14s %14s %14s   %s", "", "embedded", "LocalStack", "times better", "bar"));
        less(report, "command to ready, cold, s", embedded.starts.cold, localStack.starts.cold, "");
        less(report, "command to ready, warm, s", embedded.starts.warm, localStack.starts.warm, "8");
        less(report, "first request answered, s", embedded.first.answered, localStack.first.answered, "");
        less(report, "first event stored, s", embedded.first.stored, localStack.first.stored, "");
        less(report, "POST to stored, p50, ms", embedded.fresh.p50, localStack.fresh.p50, "");
        less(report, "POST to stored, p99, ms", embedded.fresh.p99, localStack.fresh.p99, "");
        less(report, "after the load, p50, ms", embedded.warm.p50, localStack.warm.p50, "");
        less(report, "after the load, p99, ms", embedded.warm.p99, localStack.warm.p99, "");
        more(report, "events a second, stored", embedded.load.rate, localStack.load.rate, "50");
        less(report, "memory when idle, MB", embedded.memory.idle, localStack.memory.idle, "");
        less(report, "memory after 1,500 events, MB", embedded.memory.afterFirst, localStack.memory.afterFirst, "2.5");
        less(report, "memory after the load, MB", embedded.memory.afterLoad, localStack.memory.afterLoad, "");
        report.count("stored under load, embedded", embedded.load.events);
        report.count("stored under load, LocalStack", localStack.load.events);
        report.end();
    }

    private static void less(Report report, String name, double embedded, double localStack, String bar) {
        report.beside(name, embedded, localStack, localStack / embedded, bar);
    }

    private static void more(Report report, String name, double embedded, double localStack, String bar) {
        report.beside(name, embedded, localStack, embedded / localStack, bar);
    }

    /**
     * A cold start has an empty cache directory, as the first one after a build; a warm start is the next one. The
     * stage has no throttle, since LocalStack has none.
     */
    private static Figures embedded() throws Exception {
        try (TemporaryFolder cache = TemporaryFolder.create("ingest-cache")) {
            Map<String, String> variables =
                    Map.of("XDG_CACHE_HOME", cache.path().toString());
            long began = System.nanoTime();
            double cold;
            try (Pipeline first = Pipeline.startUnthrottled(variables, "--no-limits")) {
                cold = seconds(began);
                first.submit("cold", event());
            }
            began = System.nanoTime();
            try (Pipeline pipeline = Pipeline.startUnthrottled(variables, "--no-limits")) {
                double warm = seconds(began);
                return measured(pipeline, new Starts(cold, warm), () -> embeddedMegabytes(pipeline));
            }
        }
    }

    private static double embeddedMegabytes(Pipeline pipeline) throws IOException {
        double megabytes = 0;
        for (ProcessHandle process : pipeline.processes()) {
            megabytes += ProcessFigures.residentMegabytes(process);
        }
        return megabytes;
    }

    /** A cold start has the images and no volume; a warm start has both. */
    private static Figures localStack(Report report) throws Exception {
        try (ComposedLocalStack composed = ComposedLocalStack.prepare()) {
            long began = System.nanoTime();
            double cold;
            try (Pipeline first = composed.up()) {
                cold = seconds(began);
                first.submit("cold", event());
                Attached attached = attached(composed, first);
                report.figure("attached, ready, s", attached.ready);
                report.figure("attached, memory beside LocalStack's, MB", attached.memory);
            }
            composed.down();
            began = System.nanoTime();
            try (Pipeline pipeline = composed.up()) {
                double warm = seconds(began);
                return measured(pipeline, new Starts(cold, warm), composed::residentMegabytes);
            }
        }
    }

    /** Runs beside LocalStack's own mapping, which makes no difference for one event. */
    private static Attached attached(ComposedLocalStack composed, Pipeline localStack) throws IOException {
        long began = System.nanoTime();
        try (Pipeline attached =
                Pipeline.start("--attach", composed.endpoint().toString(), "--attach-beside-mapping")) {
            double ready = seconds(began);
            attached.submit("attached", event());
            awaitStored(localStack.table(), "attached");
            return new Attached(ready, embeddedMegabytes(attached));
        }
    }

    private static Figures measured(Pipeline pipeline, Starts starts, Memory memory) throws Exception {
        long began = System.nanoTime();
        pipeline.submit("first", event());
        double answered = seconds(began);
        Table table = pipeline.table();
        awaitStored(table, "first");
        double stored = seconds(began);
        double idle = memory.megabytes();
        Latency fresh = Latency.of(pipeline, "fresh-");
        load(pipeline, "same-", TIMEOUT, FIRST_EVENTS);
        double same = memory.megabytes();
        load(pipeline, "first-", LOAD_TIME, MAX_LOAD_EVENTS);
        Loaded loaded = load(pipeline, "load-", LOAD_TIME, MAX_LOAD_EVENTS);
        double much = memory.megabytes();
        Latency after = Latency.of(pipeline, "warm-");
        return new Figures(starts, new First(answered, stored), fresh, after, loaded, new MemoryUse(idle, same, much));
    }

    /** The outcome of a load: accepted events, and stored events per second. */
    private record Loaded(long events, double rate) {}

    /** Sends until the time is over or the maximum is accepted, and waits until all events are in the table. */
    private static Loaded load(Pipeline pipeline, String prefix, Duration time, long maxEvents) throws Exception {
        Table table = pipeline.table();
        long before = table.count();
        Load load = new Load(pipeline, prefix, BYTES);
        long began = System.nanoTime();
        load.run(CLIENTS, time, maxEvents, MAX_RATE);
        long expected = before + load.accepted();
        long found = table.await(expected, load.latest(), TIMEOUT);
        if (found != expected) {
            throw new IllegalStateException("expected %d items in the table, found %d".formatted(expected, found));
        }
        return new Loaded(load.accepted(), load.accepted() / seconds(began));
    }

    private static void awaitStored(Table table, String id) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!table.holds(id)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("event %s is not stored after %s".formatted(id, TIMEOUT));
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static byte[] event() {
        return "{\"first\":true}".getBytes(StandardCharsets.UTF_8);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
