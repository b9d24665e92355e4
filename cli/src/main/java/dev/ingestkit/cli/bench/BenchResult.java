package dev.ingestkit.cli.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a load test came to; the components are its JSON form. Times in milliseconds.
 *
 * @param accepted from the moment an event was to be sent by the rate until its answer: a stall shows in all that it kept
 *     waiting
 * @param service from the moment it was really sent until its answer: what a closed loop would have reported
 * @param stored from the moment it was to be sent until it was in the table; null where no journal tells
 * @param notStored accepted, and not seen stored when the test gave up waiting
 * @param statuses answers by HTTP status; 0 for none
 * @param curves for charts: the values at a few percentiles
 */
public record BenchResult(
        String target,
        String startedAt,
        String events,
        double rate,
        double seconds,
        int concurrency,
        long sent,
        double achievedRate,
        long rejected,
        double errorRate,
        Percentiles accepted,
        Percentiles service,
        @Nullable Percentiles stored,
        long notStored,
        Map<String, Long> statuses,
        Map<String, Long> errors,
        List<Interval> timeline,
        List<Curve> curves) {

    /** A stretch of the test, {@code second} counted from its begin. */
    public record Interval(double second, long sent, long failed, double p50, double p99, double max) {}

    /** A value at each percentile. */
    public record Curve(String name, List<Point> points) {}

    /** So many percent took no longer. */
    public record Point(double percentile, double millis) {}

    /** A few lines for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("sent %,d events in %.1f s: %,.1f/s of %,.1f/s, %d at a time%n"
                .formatted(sent, seconds, achievedRate, rate, concurrency));
        text.append("rejected %,d (%.2f %%)%s%n"
                .formatted(rejected, errorRate * 100, errors.isEmpty() ? "" : "  " + errors));
        text.append("%-9s %10s %10s %10s %10s %10s%n".formatted("ms", "p50", "p90", "p99", "p99.9", "longest"));
        text.append(row("accepted", accepted));
        if (stored != null) {
            text.append(row("stored", stored));
        }
        text.append(row("service", service));
        if (notStored > 0) {
            text.append("not stored: %,d%n".formatted(notStored));
        }
        return text.toString();
    }

    private static String row(String name, Percentiles of) {
        return "%-9s %10.2f %10.2f %10.2f %10.2f %10.2f%n"
                .formatted(name, of.p50(), of.p90(), of.p99(), of.p999(), of.max());
    }
}
