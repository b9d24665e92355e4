package dev.ingestkit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Measures the time from the start of an event's POST until its item can be read, at 50 events per second: each beat
 * sends one event, whether or not earlier ones are stored, and polls its item. The steps between come from the runtime's
 * journal. Arguments: seconds (30 by default), the
 * rate, and the events of a load of 16 clients before the measurement (none by default).
 */
public final class PostToStored {

    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_LOAD_TIME = Duration.ofMinutes(3);
    private static final int LOAD_CLIENTS = 16;
    private static final double LOAD_RATE = 700;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int BYTES = 1024;
    private static final String TIMED = "timed-";

    private final Pipeline pipeline;
    private final Queue<EventClient> idle = new ConcurrentLinkedQueue<>();
    private final Map<String, EventSteps.Polled> polled = new ConcurrentHashMap<>();
    private final int rate;

    private PostToStored(Pipeline pipeline, int rate) {
        this.pipeline = pipeline;
        this.rate = rate;
    }

    /** Runs the program; throws when an event is not stored. */
    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(arguments.length == 0 ? 30 : Long.parseLong(arguments[0]));
        int rate = arguments.length < 2 ? 50 : Integer.parseInt(arguments[1]);
        long loaded = arguments.length < 3 ? 0 : Long.parseLong(arguments[2]);
        Report report = new Report("PostToStored");
        try (Pipeline pipeline = Pipeline.open()) {
            load(pipeline, loaded);
            PostToStored program = new PostToStored(pipeline, rate);
            program.run("warm-", WARM_UP);
            program.polled.clear();
            Histogram times = program.run(TIMED, time);
            report.count("events of the load before", loaded);
            report.count("events a second", rate);
            report.count("events", times.getTotalCount());
            report.figure("p50 ms", times.getValueAtPercentile(50) / 1000.0);
            report.figure("p90 ms", times.getValueAtPercentile(90) / 1000.0);
            report.figure("p99 ms", times.getValueAtPercentile(99) / 1000.0);
            report.figure("longest ms", times.getMaxValue() / 1000.0);
            EventSteps.read(pipeline.endpoint(), TIMED).report(report, program.polled);
            report.end();
        }
    }

    private static void load(Pipeline pipeline, long events) throws Exception {
        if (events > 0) {
            Load load = new Load(pipeline, "loaded-", BYTES);
            load.run(LOAD_CLIENTS, MAX_LOAD_TIME, events, LOAD_RATE);
            long stored = pipeline.table().await(load.accepted(), load.latest(), MAX_LOAD_TIME);
            if (stored != load.accepted()) {
                throw new IllegalStateException("%d of %d events are stored".formatted(stored, load.accepted()));
            }
        }
    }

    /** Returns the times of a pipeline without a warm-up, in microseconds. Event ids begin with the prefix. */
    static Histogram times(Pipeline pipeline, String prefix, int rate, Duration time) throws Exception {
        return new PostToStored(pipeline, rate).run(prefix, time);
    }

    /** Times in microseconds, counted from the beat: a late sender's delay is part of the figure. */
    private Histogram run(String prefix, Duration time) throws Exception {
        Histogram times = new ConcurrentHistogram(3);
        long events = time.toSeconds() * rate;
        long began = System.nanoTime();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (long number = 0; number < events; number++) {
                long beat = began + number * 1_000_000_000 / rate;
                for (long left = beat - System.nanoTime(); left > 0; left = beat - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                String id = prefix + number;
                all.add(CompletableFuture.runAsync(() -> times.recordValue(micros(id, beat)), threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .get(TIMEOUT.toSeconds() * 2, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
            for (EventClient client = idle.poll(); client != null; client = idle.poll()) {
                client.close();
            }
        }
        return times;
    }

    private long micros(String id, long beat) {
        EventClient client = client();
        client.submit(id, Load.event(id, BYTES));
        while (!client.isStored(id)) {
            if (System.nanoTime() - beat > TIMEOUT.toNanos()) {
                throw new IllegalStateException("event " + id + " is not stored after " + TIMEOUT);
            }
            // The pauses grow with the waiting time: on a busy machine polling must not become the load.
            LockSupport.parkNanos(Math.max(PAUSE_NANOS, (System.nanoTime() - beat) / 10));
        }
        long nanos = System.nanoTime() - beat;
        Instant now = Instant.now();
        polled.put(id, new EventSteps.Polled(now.minusNanos(nanos), now));
        long micros = nanos / 1_000;
        idle.add(client);
        return micros;
    }

    /** Returns an idle client; there are as many clients as events in flight at a time. */
    private EventClient client() {
        EventClient client = idle.poll();
        try {
            return client == null ? pipeline.client() : client;
        } catch (IOException refused) {
            throw new UncheckedIOException("no connection to the pipeline", refused);
        }
    }
}
