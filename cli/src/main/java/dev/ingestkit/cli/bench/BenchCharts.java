package dev.ingestkit.cli.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The three charts of a load test. */
final class BenchCharts {

    /** Percentiles are spread by the rarity of larger values: each additional nine takes the same room. */
    private static final List<Double> RANKS = List.of(0.0, 50.0, 90.0, 99.0, 99.9, 99.99);

    private final BenchResult result;

    BenchCharts(BenchResult result) {
        this.result = result;
    }

    String percentiles() {
        double smallest = Double.MAX_VALUE;
        double largest = 0;
        double rarest = 99;
        for (BenchResult.Curve curve : result.curves()) {
            for (BenchResult.Point point : curve.points()) {
                smallest = Math.min(smallest, point.millis());
                largest = Math.max(largest, point.millis());
                rarest = Math.max(rarest, point.percentile());
            }
        }
        Scale y = Scale.log(largest == 0 ? 1 : smallest, largest, Chart.BOTTOM, Chart.TOP);
        double end = nines(rarest);
        Scale x = new Scale(0, end, Chart.LEFT, Chart.RIGHT, false);
        Chart chart = new Chart("Latency in milliseconds by percentile of events, on logarithmic scales");
        chart.yAxis(y, "milliseconds, logarithmic");
        List<Double> ticks = RANKS.stream().filter(rank -> nines(rank) <= end).toList();
        chart.xAxis(ticks, rank -> x.at(nines(rank)), rank -> rank(rank) + "%", "percentile of events, logarithmic");
        for (BenchResult.Curve curve : result.curves()) {
            List<Chart.Mark> marks = new ArrayList<>();
            for (BenchResult.Point point : curve.points()) {
                marks.add(new Chart.Mark(
                        x.at(nines(point.percentile())),
                        y.at(point.millis()),
                        "%s: %s %% within %s ms"
                                .formatted(curve.name(), point.percentile(), Scale.label(point.millis()))));
            }
            chart.line(curve.name(), marks, true);
        }
        return chart.svg();
    }

    /** Returns a percentile as a label, such as 50 or 99.9. */
    private static String rank(double percentile) {
        return BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
    }

    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    String latencies() {
        double smallest = Double.MAX_VALUE;
        double largest = 0;
        for (BenchResult.Interval interval : result.timeline()) {
            if (interval.sent() > 0) {
                smallest = Math.min(smallest, interval.p50());
                largest = Math.max(largest, Math.max(interval.p99(), or(interval.storedP99(), 0)));
            }
        }
        Scale y = Scale.log(largest == 0 ? 1 : smallest, largest, Chart.BOTTOM, Chart.TOP);
        Chart chart = new Chart("Latency in milliseconds over the time of the test, on a logarithmic scale");
        chart.yAxis(y, "milliseconds, logarithmic");
        timeAxis(chart);
        if (result.stored() != null) {
            chart.line("stored", marks(y, "stored p99", BenchResult.Interval::storedP99), false);
            chart.line("stored median", marks(y, "stored p50", BenchResult.Interval::storedP50), false);
        }
        chart.line("accepted", marks(y, "accepted p99", BenchCharts::acceptedP99), false);
        chart.line("accepted median", marks(y, "accepted p50", BenchCharts::acceptedP50), false);
        return chart.svg();
    }

    private static @Nullable Double acceptedP99(BenchResult.Interval interval) {
        return interval.sent() == 0 ? null : (Double) interval.p99();
    }

    private static @Nullable Double acceptedP50(BenchResult.Interval interval) {
        return interval.sent() == 0 ? null : (Double) interval.p50();
    }

    private static double or(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }

    private List<Chart.Mark> marks(Scale y, String name, Function<BenchResult.Interval, @Nullable Double> value) {
        Scale x = time();
        List<Chart.Mark> marks = new ArrayList<>();
        for (BenchResult.Interval interval : result.timeline()) {
            Double millis = value.apply(interval);
            if (millis != null) {
                marks.add(new Chart.Mark(
                        x.at(interval.second() + width() / 2),
                        y.at(millis),
                        "second %s: %s %s ms".formatted(Scale.label(interval.second()), name, Scale.label(millis))));
            }
        }
        return marks;
    }

    String throughput() {
        double largest = result.setup().rate();
        for (BenchResult.Interval interval : result.timeline()) {
            largest = Math.max(largest, interval.sent() / width());
        }
        Scale y = Scale.linear(largest, Chart.BOTTOM, Chart.TOP);
        Scale x = time();
        Chart chart = new Chart("Answers per second over the time of the test");
        chart.yAxis(y, "answers per second");
        timeAxis(chart);
        for (BenchResult.Interval interval : result.timeline()) {
            double left = x.at(interval.second()) + 0.5;
            double wide = Math.max(1, x.at(interval.second() + width()) - left - 0.5);
            String title = "second %s: %,d answers, %,d rejected"
                    .formatted(Scale.label(interval.second()), interval.sent(), interval.failed());
            double failed = y.at(interval.failed() / width());
            chart.bar("sent", new Chart.Mark(left, y.at(interval.sent() / width()), title), wide, failed);
            if (interval.failed() > 0) {
                chart.bar("failed", new Chart.Mark(left, failed, title), wide, Chart.BOTTOM);
            }
        }
        chart.level("target", y.at(result.setup().rate()));
        return chart.svg();
    }

    private void timeAxis(Chart chart) {
        Scale x = time();
        List<Double> ticks = Scale.linear(x.to(), 0, 1).ticks().stream()
                .filter(tick -> tick <= x.to())
                .toList();
        chart.xAxis(ticks, x::at, Scale::label, "seconds since the start");
    }

    private Scale time() {
        int intervals = Math.max(1, result.timeline().size());
        return new Scale(0, intervals * width(), Chart.LEFT, Chart.RIGHT, false);
    }

    /** Returns the length of an interval in seconds. */
    private double width() {
        List<BenchResult.Interval> timeline = result.timeline();
        return timeline.size() < 2 ? 1 : timeline.get(1).second();
    }
}
