package dev.ingestkit.cli.demo;

import java.time.Duration;
import java.util.List;

/**
 * Percentiles of some durations, in milliseconds.
 *
 * @param count of how many
 * @param p50 half of them took no longer
 * @param p99 all but one in a hundred took no longer
 * @param max the longest
 */
public record Latencies(int count, double p50, double p99, double max) {

    /** By nearest rank; all zero when there are none. */
    static Latencies of(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return new Latencies(sorted.size(), rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1));
    }

    private static double rank(List<Duration> sorted, double share) {
        if (sorted.isEmpty()) {
            return 0;
        }
        int place = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, place)).toNanos() / 1e6;
    }
}
