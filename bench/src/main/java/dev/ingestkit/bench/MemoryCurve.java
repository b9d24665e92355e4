package dev.ingestkit.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the memory of all processes of the pipeline: idle, and at ten points over 100,000 events of 1 KB by default.
 * The stream and the table keep each event, so the curve must rise by the kept data and no more. A full collection at
 * the end shows how much of the heaps is live.
 */
public final class MemoryCurve {

    private static final int CLIENTS = 16;
    private static final int BYTES = 1024;
    private static final int POINTS = 10;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration SLICE = Duration.ofSeconds(90);
    /** The maximum duration: on a busy machine the curve ends early. */
    private static final Duration MAX_TIME = Duration.ofMinutes(5);
    /** The capacity of two shards. */
    private static final double RATE = 1_000;

    private MemoryCurve() {}

    /** Runs the program; throws when an accepted event is not in the table. */
    public static void main(String[] arguments) throws Exception {
        long events = arguments.length == 0 ? 100_000 : Long.parseLong(arguments[0]);
        Report report = new Report("MemoryCurve");
        try (Pipeline pipeline = Pipeline.startUnthrottled()) {
            LockSupport.parkNanos(IDLE.toNanos());
            report.figure("idle MB", megabytes(pipeline, report));
            long accepted = 0;
            long end = System.nanoTime() + MAX_TIME.toNanos();
            for (int point = 1; point <= POINTS && System.nanoTime() < end; point++) {
                Load load = new Load(pipeline, "point-" + point + "-", BYTES);
                load.run(CLIENTS, SLICE, events / POINTS, RATE);
                accepted += load.accepted();
                long stored = pipeline.table().await(accepted, load.latest(), SLICE);
                if (stored != accepted) {
                    throw new IllegalStateException(
                            "%d events were accepted, %d are in the table".formatted(accepted, stored));
                }
                report.figure("MB after %d events".formatted(accepted), megabytes(pipeline, report));
            }
            for (ProcessHandle process : pipeline.processes()) {
                ProcessFigures.Heap heap = ProcessFigures.heap(process);
                String role = ProcessFigures.role(process);
                report.figure("kept heap MB, " + role, heap.kept());
                report.figure("outside the heap MB, " + role, ProcessFigures.residentMegabytes(process) - heap.held());
            }
            report.figure("MB after a collection", megabytes(pipeline, report));
            report.end();
        }
    }

    private static double megabytes(Pipeline pipeline, Report report) throws IOException {
        double sum = 0;
        StringJoiner parts = new StringJoiner(", ");
        for (ProcessHandle process : pipeline.processes()) {
            double one = ProcessFigures.residentMegabytes(process);
            sum += one;
            parts.add(String.format(Locale.ROOT, "%s %.0f", ProcessFigures.role(process), one));
        }
        report.note(parts.toString());
        return sum;
    }
}
