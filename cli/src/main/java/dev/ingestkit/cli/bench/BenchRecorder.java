package dev.ingestkit.cli.bench;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.send.Outcome;
import dev.ingestkit.cli.send.OutgoingEvent;
import dev.ingestkit.cli.send.SendRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Times events: by their answers, and by what a journal tells of them. Memory grows with the events that are accepted and
 * not yet stored only. Thread-safe.
 */
final class BenchRecorder implements SendRun.Listener {

    private static final int MOST_INTERVALS = 120;
    private static final int MOST_ERRORS = 8;

    private final Clock clock;
    private final long intervalNanos;
    private final Histogram accepted = new Histogram(3);
    private final Histogram service = new Histogram(3);
    private final Histogram stored = new Histogram(3);
    private final Map<String, Instant> awaited = new HashMap<>();
    private final Map<String, Instant> early = new HashMap<>();
    private final Map<String, Long> statuses = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final boolean journal;
    private Instant begunAt = Instant.EPOCH;
    private long began;
    private boolean measuring;

    /** One interval's counts. */
    private static final class Stretch {
        private final Histogram micros = new Histogram(2);
        private long failed;
    }

    /**
     * @param journal whether {@link #stored} will be told
     */
    BenchRecorder(Clock clock, BenchPlan plan, boolean journal) {
        this.clock = requireNonNull(clock, "clock");
        this.journal = journal;
        this.intervalNanos =
                Math.max(Duration.ofSeconds(1).toNanos(), plan.duration().toNanos() / MOST_INTERVALS);
    }

    /** From now on events count. */
    synchronized void begin() {
        began = System.nanoTime();
        begunAt = clock.instant();
        measuring = true;
    }

    @Override
    public synchronized void ended(OutgoingEvent event, Outcome outcome, SendRun.Moment moment) {
        if (!measuring) {
            return;
        }
        double micros = moment.waited() / 1e3 + outcome.millis() * 1e3;
        statuses.merge(Integer.toString(outcome.status()), 1L, Long::sum);
        Stretch stretch = stretch();
        stretch.micros.recordValue(Math.max(0, Math.round(micros)));
        service.recordValue(Math.max(0, Math.round(outcome.millis() * 1e3)));
        if (!outcome.accepted()) {
            stretch.failed++;
            error("HTTP %d %s".formatted(outcome.status(), outcome.error()));
            return;
        }
        accepted.recordValue(Math.max(0, Math.round(micros)));
        if (journal) {
            Instant meant = begunAt.plusNanos(moment.due() - began);
            Instant at = early.remove(event.id());
            if (at == null) {
                awaited.put(event.id(), meant);
            } else {
                arrived(meant, at);
            }
        }
    }

    private void error(String text) {
        if (errors.containsKey(text) || errors.size() < MOST_ERRORS) {
            errors.merge(text, 1L, Long::sum);
        } else {
            errors.merge("others", 1L, Long::sum);
        }
    }

    private Stretch stretch() {
        int index = (int) Math.max(0, (System.nanoTime() - began) / intervalNanos);
        while (stretches.size() <= index) {
            stretches.add(new Stretch());
        }
        return stretches.get(index);
    }

    /** An event was seen in the table; it may be told before its answer is. */
    synchronized void stored(String id, Instant at) {
        if (!measuring) {
            return;
        }
        Instant meant = awaited.remove(id);
        if (meant == null) {
            early.put(id, at);
        } else {
            arrived(meant, at);
        }
        notifyAll();
    }

    private void arrived(Instant meant, Instant at) {
        stored.recordValue(Math.max(0, Duration.between(meant, at).toNanos() / 1_000));
    }

    /** Waits until all that was accepted is stored, or the time is up. */
    synchronized void awaitStored(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos();
                journal && !awaited.isEmpty() && left > 0;
                left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /**
     * What was measured.
     *
     * @param seconds how long sending took
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
                target,
                startedAt.toString(),
                plan.what(),
                plan.rate(),
                Math.round(seconds * 1e3) / 1e3,
                plan.concurrency(),
                sent,
                Math.round(sent / Math.max(seconds, 1e-3) * 10) / 10.0,
                rejected,
                sent == 0 ? 0 : rejected / (double) sent,
                Percentiles.of(accepted),
                Percentiles.of(service),
                journal ? Percentiles.of(stored) : null,
                awaited.size(),
                new TreeMap<>(statuses),
                new TreeMap<>(errors),
                timeline(),
                curves);
    }

    private List<BenchResult.Interval> timeline() {
        List<BenchResult.Interval> intervals = new ArrayList<>();
        for (int index = 0; index < stretches.size(); index++) {
            Stretch stretch = stretches.get(index);
            intervals.add(new BenchResult.Interval(
                    index * intervalNanos / 1e9,
                    stretch.micros.getTotalCount(),
                    stretch.failed,
                    Percentiles.millis(stretch.micros, 50),
                    Percentiles.millis(stretch.micros, 99),
                    stretch.micros.getMaxValue() / 1e3));
        }
        return intervals;
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
