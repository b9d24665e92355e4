package dev.ingestkit.cli.bench;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.context.Build;
import dev.ingestkit.cli.send.OutgoingEvent;
import dev.ingestkit.cli.send.SendOutcome;
import dev.ingestkit.cli.send.SendRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Times events by their answers and by the journal. Memory grows only with the events that are accepted and not yet
 * stored. Thread-safe.
 */
final class BenchRecorder implements SendRun.Listener {

    private static final int MAX_INTERVALS = 120;
    private static final int MAX_ERRORS = 8;

    private final Clock clock;
    private final long intervalNanos;
    private final Histogram accepted = new Histogram(3);
    private final Histogram service = new Histogram(3);
    private final Histogram stored = new Histogram(3);
    private final Map<String, Instant> awaited = new HashMap<>();
    private final Map<String, Instant> early = new HashMap<>();
    private final Map<String, Long> statuses = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private final List<Interval> intervals = new ArrayList<>();
    private final boolean journal;
    private Instant begunAt = Instant.EPOCH;
    private long began;
    private boolean measuring;

    /** The counts of one interval. */
    private static final class Interval {
        private final Histogram micros = new Histogram(2);
        private final Histogram storedMicros = new Histogram(2);
        private long failed;
    }

    /**
     * @param journal whether {@link #stored} will be called
     */
    BenchRecorder(Clock clock, BenchPlan plan, boolean journal) {
        this.clock = requireNonNull(clock, "clock");
        this.journal = journal;
        this.intervalNanos =
                Math.max(Duration.ofSeconds(1).toNanos(), plan.duration().toNanos() / MAX_INTERVALS);
    }

    /** Starts the measured time. */
    synchronized void begin() {
        began = System.nanoTime();
        begunAt = clock.instant();
        measuring = true;
    }

    @Override
    public synchronized void ended(OutgoingEvent event, SendOutcome outcome, SendRun.Moment moment) {
        if (!measuring) {
            return;
        }
        double micros = moment.waited() / 1e3 + outcome.millis() * 1e3;
        statuses.merge(Integer.toString(outcome.status()), 1L, Long::sum);
        Interval interval = interval();
        interval.micros.recordValue(Math.max(0, Math.round(micros)));
        service.recordValue(Math.max(0, Math.round(outcome.millis() * 1e3)));
        if (!outcome.accepted()) {
            interval.failed++;
            error("HTTP %d %s".formatted(outcome.status(), outcome.error()));
            return;
        }
        accepted.recordValue(Math.max(0, Math.round(micros)));
        if (journal) {
            Instant due = begunAt.plusNanos(moment.due() - began);
            Instant at = early.remove(event.id());
            if (at == null) {
                awaited.put(event.id(), due);
            } else {
                arrived(due, at);
            }
        }
    }

    private void error(String text) {
        if (errors.containsKey(text) || errors.size() < MAX_ERRORS) {
            errors.merge(text, 1L, Long::sum);
        } else {
            errors.merge("others", 1L, Long::sum);
        }
    }

    private Interval interval() {
        return interval(System.nanoTime() - began);
    }

    private Interval interval(long nanos) {
        int index = (int) Math.max(0, nanos / intervalNanos);
        while (intervals.size() <= index) {
            intervals.add(new Interval());
        }
        return intervals.get(index);
    }

    /** Records that an event was seen in the table, possibly before its answer. */
    synchronized void stored(String id, Instant at) {
        if (!measuring) {
            return;
        }
        Instant due = awaited.remove(id);
        if (due == null) {
            early.put(id, at);
        } else {
            arrived(due, at);
        }
        notifyAll();
    }

    private void arrived(Instant due, Instant at) {
        long micros = Math.max(0, Duration.between(due, at).toNanos() / 1_000);
        stored.recordValue(micros);
        interval(Duration.between(begunAt, due).toNanos()).storedMicros.recordValue(micros);
    }

    /** Waits until all accepted events are stored, or the time runs out. */
    synchronized void awaitStored(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); journal && !awaited.isEmpty() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /**
     * Returns the measured values.
     *
     * @param seconds the duration of sending
     */
    synchronized BenchResult result(String target, Instant startedAt, BenchPlan plan, double seconds) {
        long sent = service.getTotalCount();
        long rejected = sent - accepted.getTotalCount();
        List<BenchResult.Curve> curves = new ArrayList<>();
        curves.add(curve("accepted", accepted));
        if (journal && stored.getTotalCount() > 0) {
            curves.add(curve("stored", stored));
        }
        curves.add(curve("service", service));
        return new BenchResult(
                new BenchResult.Setup(
                        target,
                        startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                        plan.what(),
                        plan.rate(),
                        Math.round(seconds * 1e3) / 1e3,
                        plan.concurrency(),
                        environment()),
                new BenchResult.Totals(
                        sent,
                        Math.round(sent / Math.max(seconds, 1e-3) * 10) / 10.0,
                        rejected,
                        sent == 0 ? 0 : rejected / (double) sent),
                Percentiles.of(accepted),
                Percentiles.of(service),
                journal ? Percentiles.of(stored) : null,
                new BenchResult.Answers(awaited.size(), new TreeMap<>(statuses), new TreeMap<>(errors)),
                timeline(),
                curves);
    }

    private static BenchResult.Environment environment() {
        Build build = Build.read();
        String machine = "%s %s, %d processors"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors());
        return new BenchResult.Environment(
                build.version(), build.commit(), machine, System.getProperty("java.version"));
    }

    private List<BenchResult.Interval> timeline() {
        List<BenchResult.Interval> timeline = new ArrayList<>();
        for (int index = 0; index < intervals.size(); index++) {
            Interval interval = intervals.get(index);
            timeline.add(new BenchResult.Interval(
                    index * intervalNanos / 1e9,
                    interval.micros.getTotalCount(),
                    interval.failed,
                    Percentiles.millis(interval.micros, 50),
                    Percentiles.millis(interval.micros, 99),
                    interval.micros.getMaxValue() / 1e3,
                    millis(interval.storedMicros, 50),
                    millis(interval.storedMicros, 99)));
        }
        return timeline;
    }

    private static @Nullable Double millis(Histogram micros, double percentile) {
        return micros.getTotalCount() == 0 ? null : Percentiles.millis(micros, percentile);
    }

    private static BenchResult.Curve curve(String name, Histogram micros) {
        List<BenchResult.Point> points = new ArrayList<>();
        for (double rank : Percentiles.RANKS) {
            boolean known = micros.getTotalCount() * (1 - rank / 100) >= 1;
            if (known) {
                points.add(new BenchResult.Point(rank, Percentiles.millis(micros, rank)));
            }
        }
        return new BenchResult.Curve(name, points);
    }
}
