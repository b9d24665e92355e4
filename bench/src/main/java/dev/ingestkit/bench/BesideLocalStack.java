package dev.ingestkit.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The embedded runtime beside LocalStack, on one machine in one run: command to ready, first request and first stored
 * event, POST to stored before and after a load, sustained events a second with nothing lost, memory of all processes.
 * The same events are sent to both by the same program. Images must be there; it needs about seven minutes.
 */
public final class BesideLocalStack {

    private static final int RATE = 4;
    private static final Duration LATENCY_TIME = Duration.ofSeconds(15);
    /** Long enough that the start of a JVM is not what is measured, on either side. */
    private static final Duration LOAD_TIME = Duration.ofSeconds(45);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** What the stream's two shards take: the embedded runtime answers faster than that. */
    private static final double MOST_RATE = 1_000;

    /** What LocalStack stores in about as long as the load takes: after these, both have done the same. */
    private static final int FIRST_EVENTS = 1_500;

    private static final int CLIENTS = 8;
    private static final int BYTES = 1024;

    private BesideLocalStack() {}

    /** What one of the two has shown. Seconds, milliseconds, events a second, megabytes. */
    private record Figures(
            double coldReady,
            double readyAgain,
            double firstAnswer,
            double firstStored,
            Latency fresh,
            Latency warm,
            double rate,
            long stored,
            double idleMemory,
            double sameMemory,
            double memory) {}

    /** A runtime that is attached to LocalStack: seconds until it is ready, megabytes of its own processes. */
    private record Attached(double ready, double memory) {}

    /** From POST to stored, in milliseconds. */
    private record Latency(double p50, double p99) {

        static Latency of(Pipeline pipeline, String prefix) throws Exception {
            Histogram times = PostToStored.times(pipeline, prefix, RATE, LATENCY_TIME);
            return new Latency(times.getValueAtPercentile(50) / 1000.0, times.getValueAtPercentile(99) / 1000.0);
        }
    }

    /** Tells the memory of all processes of what is measured. */
    @FunctionalInterface
    private interface Memory {
        double megabytes() throws IOException;
    }

    /** Ends with an exception when an accepted event is not in the table. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("BesideLocalStack");
        Figures embedded = embedded();
        report.note("embedded: " + embedded);
        Figures localStack = localStack(report);
        report.note(String.format(
                Locale.ROOT, "%-32s %14s %14s %14s   %s", "", "embedded", "LocalStack", "times better", "bar"));
        less(report, "command to ready, cold, s", embedded.coldReady, localStack.coldReady, "10");
        less(report, "command to ready, warm, s", embedded.readyAgain, localStack.readyAgain, "10");
        less(report, "first request answered, s", embedded.firstAnswer, localStack.firstAnswer, "");
        less(report, "first event stored, s", embedded.firstStored, localStack.firstStored, "");
        less(report, "POST to stored, p50, ms", embedded.fresh.p50, localStack.fresh.p50, "15");
        less(report, "POST to stored, p99, ms", embedded.fresh.p99, localStack.fresh.p99, "");
        less(report, "after the load, p50, ms", embedded.warm.p50, localStack.warm.p50, "15");
        less(report, "after the load, p99, ms", embedded.warm.p99, localStack.warm.p99, "");
        more(report, "events a second, stored", embedded.rate, localStack.rate, "50");
        less(report, "memory when idle, MB", embedded.idleMemory, localStack.idleMemory, "2");
        less(report, "memory after 1,500 events, MB", embedded.sameMemory, localStack.sameMemory, "2");
        less(report, "memory after the load, MB", embedded.memory, localStack.memory, "2");
        report.count("stored under load, embedded", embedded.stored);
        report.count("stored under load, LocalStack", localStack.stored);
        report.end();
    }

    private static void less(Report report, String name, double embedded, double localStack, String bar) {
        report.beside(name, embedded, localStack, localStack / embedded, bar);
    }

    private static void more(Report report, String name, double embedded, double localStack, String bar) {
        report.beside(name, embedded, localStack, embedded / localStack, bar);
    }

    /**
     * Cold is a start with an empty cache folder, as the first one after a build; warm is the next one. Without a throttle
     * at the stage, since LocalStack has none.
     */
    private static Figures embedded() throws Exception {
        try (TemporaryFolder cache = TemporaryFolder.create("ingest-cache")) {
            Map<String, String> variables =
                    Map.of("XDG_CACHE_HOME", cache.path().toString());
            long began = System.nanoTime();
            double cold;
            try (Pipeline first = Pipeline.startUnthrottled(variables)) {
                cold = seconds(began);
                first.submit("cold", event());
            }
            began = System.nanoTime();
            try (Pipeline pipeline = Pipeline.startUnthrottled(variables)) {
                double warm = seconds(began);
                return measured(pipeline, cold, warm, () -> embeddedMegabytes(pipeline));
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

    /** Cold is a start with the images and without the volume, warm is one with both. */
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
                return measured(pipeline, cold, warm, composed::residentMegabytes);
            }
        }
    }

    /** Beside LocalStack's own mapping: for one event that makes no difference. */
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

    private static Figures measured(Pipeline pipeline, double cold, double warm, Memory memory) throws Exception {
        long began = System.nanoTime();
        pipeline.submit("first", event());
        double answered = seconds(began);
        Table table = pipeline.table();
        awaitStored(table, "first");
        double stored = seconds(began);
        double idle = memory.megabytes();
        Latency fresh = Latency.of(pipeline, "fresh-");
        load(pipeline, "same-", PATIENCE, FIRST_EVENTS);
        double same = memory.megabytes();
        load(pipeline, "first-", LOAD_TIME, Long.MAX_VALUE);
        Loaded loaded = load(pipeline, "load-", LOAD_TIME, Long.MAX_VALUE);
        double much = memory.megabytes();
        Latency after = Latency.of(pipeline, "warm-");
        return new Figures(
                cold, warm, answered, stored, fresh, after, loaded.rate(), loaded.events(), idle, same, much);
    }

    /** How many events a load has brought, and how many of them were stored a second. */
    private record Loaded(long events, double rate) {}

    /** Sends until the time is over or that many are accepted, and waits until all are in the table. */
    private static Loaded load(Pipeline pipeline, String prefix, Duration time, long most) throws Exception {
        Table table = pipeline.table();
        long before = table.count();
        Load load = new Load(pipeline, prefix, BYTES);
        long began = System.nanoTime();
        load.run(CLIENTS, time, most, MOST_RATE);
        long expected = before + load.accepted();
        long found = table.await(expected, load.latest(), PATIENCE);
        if (found != expected) {
            throw new IllegalStateException(
                    "%d items are expected in the table, there are %d".formatted(expected, found));
        }
        return new Loaded(load.accepted(), load.accepted() / seconds(began));
    }

    private static void awaitStored(Table table, String id) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!table.holds(id)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("event %s is not stored after %s".formatted(id, PATIENCE));
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
