package dev.ingestkit.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the time from the command to the first event in the table: the launcher starts {@code up} in a fresh JVM,
 * and the event is sent as soon as the runtime is ready. Takes the number of runs (7 by default) and prints their
 * medians.
 */
public final class StartToFirstEvent {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private record Run(double ready, double answered, double stored, Map<String, Double> cpu) {}

    private StartToFirstEvent() {}

    /** Runs the program; throws when the event is not stored. */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length == 0 ? 7 : Integer.parseInt(arguments[0]);
        Report report = new Report("StartToFirstEvent");
        List<Run> all = new ArrayList<>();
        run(); // files are in the page cache afterwards: the figure is about a warm disk
        for (int number = 0; number < runs; number++) {
            Run run = run();
            all.add(run);
            report.note("ready %.2f s, answered %.2f s, stored %.2f s, processor seconds %s"
                    .formatted(run.ready(), run.answered(), run.stored(), run.cpu()));
        }
        report.count("runs", runs);
        report.figure(
                "ready, median s", median(all.stream().mapToDouble(Run::ready).toArray()));
        report.figure(
                "stored, median s", median(all.stream().mapToDouble(Run::stored).toArray()));
        report.figure(
                "stored, fastest s", all.stream().mapToDouble(Run::stored).min().orElseThrow());
        report.figure(
                "stored, slowest s", all.stream().mapToDouble(Run::stored).max().orElseThrow());
        report.end();
    }

    private static Run run() throws Exception {
        long began = System.nanoTime();
        try (Pipeline pipeline = Pipeline.start()) {
            double ready = seconds(began);
            pipeline.submit("first", "{\"first\":true}".getBytes(StandardCharsets.UTF_8));
            double answered = seconds(began);
            Table table = pipeline.table();
            while (!table.holds("first")) {
                if (seconds(began) > TIMEOUT.toSeconds()) {
                    throw new IllegalStateException("the first event is not stored after " + TIMEOUT);
                }
                LockSupport.parkNanos(2_000_000);
            }
            double stored = seconds(began);
            Map<String, Double> cpu = new TreeMap<>();
            for (ProcessHandle process : pipeline.processes()) {
                cpu.put(
                        ProcessFigures.role(process),
                        ProcessFigures.cpu(process).toMillis() / 1000.0);
            }
            return new Run(ready, answered, stored, cpu);
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
