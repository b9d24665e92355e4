package dev.ingestkit.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures the whole pipeline under load: 16 clients send events of 1 KB at a steady rate, by default 1,000 per second
 * for 60 seconds. The figure is the rate of events in the table, counted one by one, until the last one is stored; the
 * pipeline sustains a rate when the last event is stored right after it was accepted.
 */
public final class PipelineThroughput {

    private static final int CLIENTS = 16;
    private static final int BYTES = 1024;
    private static final double RATE = 1000;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    /** The default number of shards, whose limits, 1,000 records per second each, are off. */
    private static final String SHARDS = "3";
    /** Part of each event's id, so that two runs on one pipeline send different events. */
    private static final String RUN = ProcessHandle.current().pid() + "-";
    /** Counted from the last accepted event; an event stored later fails the run, which still prints its figures. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private PipelineThroughput() {}

    /**
     * Runs the program with the seconds, the events per second, the seconds of the load before the measurement, and the
     * shards; throws when an accepted event is not in the table.
     */
    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(arguments.length == 0 ? 60 : Long.parseLong(arguments[0]));
        double rate = arguments.length < 2 ? RATE : Double.parseDouble(arguments[1]);
        Duration warmUpTime = arguments.length < 3 ? WARM_UP : Duration.ofSeconds(Long.parseLong(arguments[2]));
        String shards = arguments.length < 4 ? SHARDS : arguments[3];
        Report report = new Report("PipelineThroughput");
        try (Pipeline pipeline = Pipeline.open("--no-limits", "--parameter", "ShardCount=" + shards)) {
            Table table = pipeline.table();
            long before = table.count();
            Load warmUp = new Load(pipeline, "warm-" + RUN, BYTES);
            warmUp.run(CLIENTS, warmUpTime, Long.MAX_VALUE, rate);
            require(before + warmUp.accepted(), table.await(before + warmUp.accepted(), warmUp.latest(), TIMEOUT));
            Map<String, Long> cpu = cpu(pipeline);
            Load load = new Load(pipeline, "load-" + RUN, BYTES);
            long began = System.nanoTime();
            double sending = load.run(CLIENTS, time, Long.MAX_VALUE, rate);
            long expected = before + warmUp.accepted() + load.accepted();
            long stored = table.await(expected, load.latest(), TIMEOUT);
            double all = (System.nanoTime() - began) / 1e9;
            report.count("accepted", load.accepted());
            report.count("stored", stored - before - warmUp.accepted());
            report.figure("accepted a second", load.accepted() / sending);
            report.figure("stored a second", (stored - before - warmUp.accepted()) / all);
            report.figure("seconds from the last accepted to all stored and counted", all - sending);
            for (Map.Entry<String, Long> used : cpu(pipeline).entrySet()) {
                long millis = used.getValue() - cpu.getOrDefault(used.getKey(), 0L);
                report.figure("cores used, " + used.getKey(), millis / 1000.0 / all);
                report.figure("processor ms an event, " + used.getKey(), millis / (double) load.accepted());
            }
            report.figure(
                    "cores used, this program",
                    ProcessFigures.cpu(ProcessHandle.current()).toMillis() / 1000.0 / (all + warmUpTime.toSeconds()));
            report.end();
            require(expected, stored);
        }
    }

    private static void require(long expected, long stored) {
        if (expected != stored) {
            throw new IllegalStateException("expected %d items in the table, found %d".formatted(expected, stored));
        }
    }

    private static Map<String, Long> cpu(Pipeline pipeline) throws IOException {
        Map<String, Long> used = new LinkedHashMap<>();
        for (ProcessHandle process : pipeline.processes()) {
            used.merge(ProcessFigures.role(process), ProcessFigures.cpu(process).toMillis(), Long::sum);
        }
        return used;
    }
}
