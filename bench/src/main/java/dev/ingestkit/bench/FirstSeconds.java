package dev.ingestkit.bench;

import java.time.Duration;

/**
 * Measures a runtime that has just started: 16 clients send events of 1 KB as fast as they are accepted, from the moment
 * the runtime is ready, and the figure is the number of events in the table when the time is over, 20 seconds by
 * default. Neither compiler has finished by then, so this is what a short test run gets.
 */
public final class FirstSeconds {

    private static final int CLIENTS = 16;
    private static final int BYTES = 1024;
    private static final int DEFAULT_SECONDS = 20;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private FirstSeconds() {}

    /** Runs the program with the seconds; throws when an accepted event is not in the table in the end. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(arguments[0]);
        Report report = new Report("FirstSeconds");
        long began = System.nanoTime();
        try (Pipeline pipeline = Pipeline.startUnthrottled()) {
            report.figure("ready s", (System.nanoTime() - began) / 1e9);
            Load load = new Load(pipeline, "first-", BYTES);
            double sending = load.run(CLIENTS, Duration.ofSeconds(seconds), Long.MAX_VALUE);
            long stored = pipeline.table().count();
            report.figure("accepted a second", load.accepted() / sending);
            report.figure("stored a second", stored / sending);
            long millis = pipeline.processes().stream()
                    .mapToLong(process -> ProcessFigures.cpu(process).toMillis())
                    .sum();
            report.figure("processor ms a stored event, all processes", (double) millis / stored);
            long all = pipeline.table().await(load.accepted(), load.latest(), TIMEOUT);
            if (all != load.accepted()) {
                throw new IllegalStateException(
                        "%d events were accepted, %d are in the table".formatted(load.accepted(), all));
            }
            report.end();
        }
    }
}
