package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import org.HdrHistogram.Histogram;

/** Counts the outcomes of events. Not thread-safe, except that another thread may call {@link #skipped}. */
final class SendTally {

    private final SendClock clock;
    private final long began;
    private final Histogram latencies = new Histogram(3);
    private volatile long skipped;
    private long accepted;
    private long rejected;
    private long unanswered;
    private long retried;

    SendTally(SendClock clock) {
        this.clock = requireNonNull(clock, "clock");
        this.began = clock.nanos();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time writes, others only read
    void skipped() {
        skipped++;
    }

    void ended(SendOutcome outcome) {
        latencies.recordValue(Math.max(0, Math.round(outcome.millis() * 1e3)));
        retried += outcome.attempts() - 1;
        if (outcome.accepted()) {
            accepted++;
        } else {
            rejected++;
            unanswered += outcome.status() == 0 ? 1 : 0;
        }
    }

    /** Returns whether a number of events have finished without a single answer. */
    boolean nothingAnswered(int events) {
        return accepted == 0 && unanswered == rejected && unanswered == events;
    }

    SendSummary summary() {
        double seconds = (clock.nanos() - began) / 1e9;
        long sent = accepted + rejected;
        return new SendSummary(
                new SendSummary.Counts(sent, accepted, rejected, unanswered, skipped, retried),
                new SendSummary.Times(
                        Math.round(seconds * 1e3) / 1e3,
                        Math.round(sent / Math.max(seconds, 1e-3) * 10) / 10.0,
                        millis(50),
                        millis(90),
                        millis(99),
                        millis(99.9),
                        latencies.getMaxValue() / 1e3));
    }

    private double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
