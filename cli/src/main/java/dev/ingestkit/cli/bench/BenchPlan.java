package dev.ingestkit.cli.bench;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a load test is to do.
 *
 * @param rate events a second
 * @param duration how long it is measured
 * @param warmup how long events are sent before, and not measured
 * @param concurrency events under way at most
 * @param what the kinds or the size of the events, for people
 */
public record BenchPlan(double rate, Duration duration, Duration warmup, int concurrency, String what) {

    public BenchPlan {
        requireNonNull(duration, "duration");
        requireNonNull(warmup, "warmup");
        requireNonNull(what, "what");
    }

    long events() {
        return count(duration);
    }

    long warmupEvents() {
        return count(warmup);
    }

    /** All that will be sent. */
    public long allEvents() {
        return events() + warmupEvents();
    }

    private long count(Duration time) {
        return Math.round(rate * time.toMillis() / 1e3);
    }
}
