package dev.ingestkit.cli.bench;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The load of a load test.
 *
 * @param rate events per second
 * @param duration the measured time
 * @param warmup the time before, in which events are sent but not measured
 * @param concurrency the maximum of events in flight
 * @param what the fixtures or the size of the events, for people
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

    /** Returns the number of events that will be sent, warm-up included. */
    public long allEvents() {
        return events() + warmupEvents();
    }

    private long count(Duration time) {
        return Math.round(rate * time.toMillis() / 1e3);
    }
}
