package dev.ingestkit.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Measures the cost of {@code --data}: a pipeline in memory and one with a data directory, in turn, each fresh. The
 * figures are the events stored a second under load, their processor time, and the time from POST to stored at 50 events
 * a second, by p50. Arguments: seconds of each load (20 by default) and the number of pairs (3).
 */
public final class DataCost {

    private static final int CLIENTS = 16;
    private static final int BYTES = 1024;
    private static final int RATE = 50;
    private static final int DEFAULT_SECONDS = 20;
    private static final int DEFAULT_PAIRS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private DataCost() {}

    private record Figures(double stored, double processorMillis, double p50) {}

    /** Runs the program; throws when an accepted event is not in the table. */
    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : DEFAULT_SECONDS);
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_PAIRS;
        Report report = new Report("DataCost");
        for (int pair = 1; pair <= pairs; pair++) {
            Figures memory = measured(time);
            Figures data;
            try (TemporaryFolder directory = TemporaryFolder.create("ingest-data")) {
                data = measured(time, "--data", directory.path().resolve("data").toString());
            }
            String suffix = ", pair " + pair;
            report.beside("stored a second" + suffix, memory.stored, data.stored, data.stored / memory.stored, "0.8");
            report.beside(
                    "processor ms an event" + suffix,
                    memory.processorMillis,
                    data.processorMillis,
                    memory.processorMillis / data.processorMillis,
                    "");
            report.beside("POST to stored p50 ms" + suffix, memory.p50, data.p50, memory.p50 / data.p50, "+ 3 ms");
        }
        report.end();
    }

    private static Figures measured(Duration time, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--parameter", "ThrottleRate=10000"));
        all.addAll(List.of("--parameter", "ThrottleBurst=5000"));
        // A shard takes 1,000 records per second.
        all.addAll(List.of("--parameter", "ShardCount=4"));
        all.addAll(Arrays.asList(options));
        try (Pipeline pipeline = Pipeline.start(all.toArray(String[]::new))) {
            new Load(pipeline, "warm-", BYTES).run(CLIENTS, WARM_UP, Long.MAX_VALUE);
            Histogram times = PostToStored.times(pipeline, "timed-", RATE, WARM_UP);
            long before = pipeline.table().count();
            long millis = processorMillis(pipeline);
            Load load = new Load(pipeline, "load-", BYTES);
            long began = System.nanoTime();
            load.run(CLIENTS, time, Long.MAX_VALUE);
            long expected = before + load.accepted();
            long stored = pipeline.table().await(expected, load.latest(), TIMEOUT);
            double seconds = (System.nanoTime() - began) / 1e9;
            if (stored != expected) {
                throw new IllegalStateException("expected %d items in the table, found %d".formatted(expected, stored));
            }
            return new Figures(
                    load.accepted() / seconds,
                    (processorMillis(pipeline) - millis) / (double) load.accepted(),
                    times.getValueAtPercentile(50) / 1000.0);
        }
    }

    private static long processorMillis(Pipeline pipeline) {
        return pipeline.processes().stream()
                .mapToLong(process -> ProcessFigures.cpu(process).toMillis())
                .sum();
    }
}
