package dev.ingestkit.local.cloudwatch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metrics that clients have published since the start: for each metric the statistics of all its values, without
 * periods. Holds the {@value #MAX_METRICS} metrics published last. Thread-safe.
 */
public final class PublishedMetrics {

    /** The Kinesis Client Library publishes about 60 metrics for each shard at its highest level of detail. */
    static final int MAX_METRICS = 2_000;

    private final Map<Key, Metric> metrics = new LinkedHashMap<>(16, 0.75f, true);

    /** Creates an empty store. */
    public PublishedMetrics() {}

    /**
     * One metric: CloudWatch tells metrics apart by these members.
     *
     * @param dimensions values by name
     */
    public record Key(String namespace, String name, SortedMap<String, String> dimensions) {
        public Key {
            requireNonNull(namespace, "namespace");
            requireNonNull(name, "name");
            dimensions = new TreeMap<>(dimensions);
        }
    }

    /**
     * The statistics of values.
     *
     * @param samples the number of values; clients may report parts of a value
     */
    public record Statistics(double samples, double sum, double minimum, double maximum) {

        static Statistics of(double value, double count) {
            return new Statistics(count, value * count, value, value);
        }

        Statistics with(Statistics other) {
            return new Statistics(
                    samples + other.samples,
                    sum + other.sum,
                    Math.min(minimum, other.minimum),
                    Math.max(maximum, other.maximum));
        }
    }

    /**
     * A metric as published so far.
     *
     * @param unit the unit of the last value, {@code None} without one
     * @param at the time of the last call that published a value
     */
    public record Metric(Key key, String unit, Statistics statistics, Instant at) {
        public Metric {
            requireNonNull(key, "key");
            requireNonNull(unit, "unit");
            requireNonNull(statistics, "statistics");
            requireNonNull(at, "at");
        }
    }

    /** Adds the values of one metric that a call has published. */
    synchronized void add(Metric published) {
        metrics.merge(
                published.key(),
                published,
                (known, next) ->
                        new Metric(next.key(), next.unit(), known.statistics().with(next.statistics()), next.at()));
        if (metrics.size() > MAX_METRICS) {
            metrics.remove(metrics.keySet().iterator().next());
        }
    }

    /** Returns all metrics, the one published last at the end. */
    public synchronized List<Metric> all() {
        return new ArrayList<>(metrics.values());
    }
}
