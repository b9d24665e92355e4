package dev.ingestkit.cli.bench;

import org.HdrHistogram.Histogram;

/** Percentiles of a duration, in milliseconds. */
public record Percentiles(
        long count, double mean, double p50, double p90, double p99, double p999, double p9999, double max) {

    static final double[] RANKS = {0, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999};

    /** Returns the percentiles of a histogram of microseconds. */
    static Percentiles of(Histogram micros) {
        return new Percentiles(
                micros.getTotalCount(),
                Math.round(micros.getMean()) / 1e3,
                millis(micros, 50),
                millis(micros, 90),
                millis(micros, 99),
                millis(micros, 99.9),
                millis(micros, 99.99),
                micros.getMaxValue() / 1e3);
    }

    static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}
