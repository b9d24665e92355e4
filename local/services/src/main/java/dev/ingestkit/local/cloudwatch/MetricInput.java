package dev.ingestkit.local.cloudwatch;

import dev.ingestkit.local.cloudwatch.PublishedMetrics.Metric;
import dev.ingestkit.local.cloudwatch.PublishedMetrics.Statistics;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the input of PutMetricData. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">MetricDatum</a>
 */
final class MetricInput {

    private static final String NO_UNIT = "None";

    private final AwsInput input;
    private final Instant now;

    MetricInput(AwsInput input, Instant now) {
        this.input = input;
        this.now = now;
    }

    /**
     * Returns the metrics of the call, in its order.
     *
     * @throws ServiceException if a required member is missing or values and counts differ in number
     */
    List<Metric> metrics() {
        String namespace = required(input, "Namespace", "");
        List<Metric> metrics = new ArrayList<>();
        for (AwsInput datum : input.objects("MetricData")) {
            metrics.add(metric(namespace, datum, "MetricData.member.%d.".formatted(metrics.size() + 1)));
        }
        return metrics;
    }

    private Metric metric(String namespace, AwsInput datum, String position) {
        TreeMap<String, String> dimensions = new TreeMap<>();
        for (AwsInput dimension : datum.objects("Dimensions")) {
            dimensions.put(
                    required(dimension, "Name", position + "Dimensions.member."),
                    required(dimension, "Value", position + "Dimensions.member."));
        }
        return new Metric(
                new PublishedMetrics.Key(namespace, required(datum, "MetricName", position), dimensions),
                datum.string("Unit").orElse(NO_UNIT),
                statistics(datum, position),
                now);
    }

    private static Statistics statistics(AwsInput datum, String position) {
        Optional<AwsInput> set = datum.object("StatisticValues");
        if (set.isPresent()) {
            return new Statistics(
                    number(set.get(), "SampleCount", position),
                    number(set.get(), "Sum", position),
                    number(set.get(), "Minimum", position),
                    number(set.get(), "Maximum", position));
        }
        List<Double> values = datum.numbers("Values");
        if (values.isEmpty()) {
            return Statistics.of(number(datum, "Value", position), 1);
        }
        List<Double> counts = datum.numbers("Counts");
        if (!counts.isEmpty() && counts.size() != values.size()) {
            throw invalid(
                    "The parameters %sValues and %sCounts must be of the same size.".formatted(position, position));
        }
        Statistics statistics = Statistics.of(values.get(0), counts.isEmpty() ? 1 : counts.get(0));
        for (int i = 1; i < values.size(); i++) {
            statistics = statistics.with(Statistics.of(values.get(i), counts.isEmpty() ? 1 : counts.get(i)));
        }
        return statistics;
    }

    private static String required(AwsInput members, String name, String position) {
        return members.string(name).filter(text -> !text.isEmpty()).orElseThrow(() -> missing(position + name));
    }

    private static double number(AwsInput members, String name, String position) {
        return members.number(name).orElseThrow(() -> missing(position + name));
    }

    private static ServiceException missing(String parameter) {
        return ServiceException.badRequest(
                        "MissingRequiredParameterException", "The parameter %s is required.".formatted(parameter))
                .withQueryCode("MissingParameter");
    }

    private static ServiceException invalid(String text) {
        return ServiceException.badRequest("InvalidParameterValueException", text)
                .withQueryCode("InvalidParameterValue");
    }
}
