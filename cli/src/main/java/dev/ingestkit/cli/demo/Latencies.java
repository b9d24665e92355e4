package dev.ingestkit.cli.demo;

import java.time.Duration;
import java.util.List;

/**
 * Percentiles of some durations, in milliseconds.
 *
 * @param count the number of durations
 * @param p50 the median
 * @param p99 the 99th percentile
 * @param max the longest duration
 */
public record Latencies(int count, double p50, double p99, double max) {

    /** Returns the percentiles by nearest rank; all are zero without durations. */
    static Latencies of(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return new Latencies(sorted.size(), rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1));
    }

    private static double rank(List<Duration> sorted, double share) {
        if (sorted.isEmpty()) {
            return 0;
        }
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)).toNanos() / 1e6;
    }
}
