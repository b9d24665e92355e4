package dev.ingestkit.cli.bench;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a load test. Its JSON form has the components as fields, those of setup, totals and answers without a
 * level of their own. Times are in milliseconds.
 *
 * @param accepted the time from an event's scheduled moment until its answer, so that a stall shows in every event that
 *     it delays
 * @param service the time from the actual post until the answer, as a closed loop would report it
 * @param stored the time from the scheduled moment until the event was in the table; null without a journal
 * @param curves the values at a few percentiles, for charts
 */
public record BenchResult(
        @JsonUnwrapped Setup setup,
        @JsonUnwrapped Totals totals,
        Percentiles accepted,
        Percentiles service,
        @Nullable Percentiles stored,
        @JsonUnwrapped Answers answers,
        List<Interval> timeline,
        List<Curve> curves) {

    /** The conditions of the test: {@code rate} in events per second, {@code seconds} of sending. */
    public record Setup(
            String target,
            String startedAt,
            String events,
            double rate,
            double seconds,
            int concurrency,
            Environment environment) {}

    /** The tool's build and the machine that sent the load. */
    public record Environment(String version, String commit, String machine, String java) {}

    /** The numbers of the test: {@code achievedRate} in events per second, {@code errorRate} from 0 to 1. */
    public record Totals(long sent, double achievedRate, long rejected, double errorRate) {}

    /**
     * The answers of the API.
     *
     * @param notStored accepted events that were not seen stored before the test stopped waiting
     * @param statuses answers by HTTP status; 0 for none
     * @param errors answers by error
     */
    public record Answers(long notStored, Map<String, Long> statuses, Map<String, Long> errors) {}

    /**
     * An interval of the test, {@code second} counted from its start. Percentiles are of the events accepted in the
     * interval, and of the stored events that were scheduled in it; null if there is none.
     */
    public record Interval(
            double second,
            long sent,
            long failed,
            double p50,
            double p99,
            double max,
            @Nullable Double storedP50,
            @Nullable Double storedP99) {}

    /** A value at each percentile. */
    public record Curve(String name, List<Point> points) {}

    /** A point of a curve: this percentage of events took at most this time. */
    public record Point(double percentile, double millis) {}

    /** Returns a summary for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("sent %,d events in %.1f s: %,.1f/s of %,.1f/s, concurrency %d%n"
                .formatted(totals.sent(), setup.seconds(), totals.achievedRate(), setup.rate(), setup.concurrency()));
        text.append("rejected %,d (%.2f %%)%s%n"
                .formatted(
                        totals.rejected(),
                        totals.errorRate() * 100,
                        answers.errors().isEmpty() ? "" : "  " + answers.errors()));
        text.append("%-9s %10s %10s %10s %10s %10s%n".formatted("ms", "p50", "p90", "p99", "p99.9", "max"));
        text.append(row("accepted", accepted));
        if (stored != null) {
            text.append(row("stored", stored));
        }
        text.append(row("service", service));
        if (answers.notStored() > 0) {
            text.append("not stored: %,d%n".formatted(answers.notStored()));
        }
        return text.toString();
    }

    private static String row(String name, Percentiles of) {
        return "%-9s %10.2f %10.2f %10.2f %10.2f %10.2f%n"
                .formatted(name, of.p50(), of.p90(), of.p99(), of.p999(), of.max());
    }
}
