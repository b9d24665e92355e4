package dev.ingestkit.cli.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A load test's three charts. */
final class BenchCharts {

    /** Percentiles are spread by how rare what lies beyond them is: each nine takes as much room as the one before. */
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
        Chart chart = new Chart("Milliseconds by percentile, on logarithmic scales");
        chart.yAxis(y);
        List<Double> ticks = RANKS.stream().filter(rank -> nines(rank) <= end).toList();
        chart.xAxis(ticks, rank -> x.at(nines(rank)), rank -> rank(rank) + "%", "percentile");
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

    /** 50, 99.9. */
    private static String rank(double percentile) {
        return BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
    }

    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    String latencies() {
        double largest = 0;
        for (BenchResult.Interval interval : result.timeline()) {
            largest = Math.max(largest, interval.p99());
        }
        Scale y = Scale.linear(largest, Chart.BOTTOM, Chart.TOP);
        Chart chart = new Chart("Milliseconds until accepted, over the test's time");
        chart.yAxis(y);
        timeAxis(chart);
        chart.line("accepted", marks(y, "p99", BenchResult.Interval::p99), false);
        chart.line("median", marks(y, "p50", BenchResult.Interval::p50), false);
        return chart.svg();
    }

    private List<Chart.Mark> marks(Scale y, String name, ToDoubleFunction<BenchResult.Interval> value) {
        Scale x = time();
        List<Chart.Mark> marks = new ArrayList<>();
        for (BenchResult.Interval interval : result.timeline()) {
            if (interval.sent() > 0) {
                double millis = value.applyAsDouble(interval);
                marks.add(new Chart.Mark(
                        x.at(interval.second() + width() / 2),
                        y.at(millis),
                        "second %s: %s %s ms".formatted(Scale.label(interval.second()), name, Scale.label(millis))));
            }
        }
        return marks;
    }

    String throughput() {
        double largest = result.rate();
        for (BenchResult.Interval interval : result.timeline()) {
            largest = Math.max(largest, interval.sent() / width());
        }
        Scale y = Scale.linear(largest, Chart.BOTTOM, Chart.TOP);
        Scale x = time();
        Chart chart = new Chart("Answers a second, over the test's time");
        chart.yAxis(y);
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
        chart.level("wanted", y.at(result.rate()));
        return chart.svg();
    }

    private void timeAxis(Chart chart) {
        Scale x = time();
        List<Double> ticks = Scale.linear(x.to(), 0, 1).ticks().stream()
                .filter(tick -> tick <= x.to())
                .toList();
        chart.xAxis(ticks, x::at, Scale::label, "seconds");
    }

    private Scale time() {
        int intervals = Math.max(1, result.timeline().size());
        return new Scale(0, intervals * width(), Chart.LEFT, Chart.RIGHT, false);
    }

    /** Seconds of one interval. */
    private double width() {
        List<BenchResult.Interval> timeline = result.timeline();
        return timeline.size() < 2 ? 1 : timeline.get(1).second();
    }
}
