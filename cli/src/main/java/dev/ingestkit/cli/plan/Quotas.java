package dev.ingestkit.cli.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Calculates the quotas that a growing load reaches, in order. */
final class Quotas {

    private static final double TRACED = 0.05;

    private final Load load;
    private final CapacityMode mode;
    private final Assumptions assumed;
    private final PriceList limits;
    private final List<Quota> found = new ArrayList<>();

    private Quotas(Load load, CapacityMode mode, Assumptions assumed, PriceList limits) {
        this.load = load;
        this.mode = mode;
        this.assumed = assumed;
        this.limits = limits;
    }

    static List<Quota> of(Load load, CapacityMode mode, Assumptions assumed, PriceList limits) {
        Quotas quotas = new Quotas(load, mode, assumed, limits);
        quotas.stream();
        quotas.others();
        return quotas.found.stream()
                .sorted(Comparator.comparingLong(Quota::eventsPerSecond))
                .toList();
    }

    private void stream() {
        if (mode == CapacityMode.PROVISIONED) {
            add(
                    "Kinesis",
                    "shards of one stream by UpdateShardCount",
                    "kinesis.shards.stream.update",
                    one -> capacity(one).shards(),
                    "Support: raise the stream's limit; CloudFormation at most doubles the shards in one update");
            add(
                    "Kinesis",
                    "shards of the account",
                    "kinesis.shards.account",
                    one -> capacity(one).shards(),
                    "Service Quotas: Kinesis, shards per Region (lower outside us-east-1, us-west-2, eu-west-1)");
            return;
        }
        add(
                "Kinesis",
                "MB/s of a new on-demand stream",
                "kinesis.ondemand.start.mb.second",
                Quotas::megabytes,
                "nothing: the stream doubles its capacity within 15 minutes. Before a sudden increase, use a"
                        + " provisioned stream");
        add(
                "Kinesis",
                "MB/s of an on-demand stream",
                "kinesis.ondemand.mb.second",
                Quotas::megabytes,
                "Support: raise it; outside us-east-1, us-west-2, eu-west-1 it is 200 MB/s");
    }

    private void others() {
        add(
                "API Gateway",
                "requests/s of the account and Region",
                "apigateway.requests.second",
                Load::eventsPerSecond,
                "Service Quotas: API Gateway, throttle rate; then ThrottleRate and ThrottleBurst of the stack");
        add(
                "Lambda",
                "concurrent executions",
                "lambda.concurrency",
                one -> capacity(one).concurrency(),
                "Service Quotas: Lambda, concurrent executions");
        add(
                "DynamoDB",
                "writes/s of a new on-demand table",
                "dynamodb.table.start.write.units",
                one -> capacity(one).writeUnitsPerSecond(),
                "nothing: the table adapts to twice its peak within 30 minutes. Before a sudden increase, set its warm"
                        + " throughput");
        add(
                "DynamoDB",
                "write units/s of one table",
                "dynamodb.table.write.units",
                one -> capacity(one).writeUnitsPerSecond(),
                "Service Quotas: DynamoDB, table-level write throughput");
        add(
                "X-Ray",
                "segments/s",
                "xray.segments.second",
                one -> (one.eventsPerSecond() + capacity(one).invocationsPerSecond()) * TRACED,
                "nothing: traces are missing, everything else works. A sampling rule with a lower rate avoids it");
    }

    private Capacity capacity(Load one) {
        return Capacity.of(one, mode, assumed);
    }

    /**
     * Returns the write rate in MB/s; a record counts at least 1 KB, since a shard also takes at most 1,000 records/s.
     */
    private static double megabytes(Load one) {
        return Math.max(one.bytesPerSecond() / Capacity.MEBIBYTE, one.eventsPerSecond() / Capacity.RECORDS_PER_SHARD);
    }

    private void add(String service, String name, String quota, ToDoubleFunction<Load> use, String ask) {
        double limit = limits.quota(quota);
        double used = use.applyAsDouble(load);
        found.add(
                new Quota(mode, service, name, Amount.of(limit), Amount.of(used), rate(use, limit), used > limit, ask));
    }

    /** Returns the highest rate within the limit; the usage grows with the rate. */
    private long rate(ToDoubleFunction<Load> use, double limit) {
        double within = 0;
        double above = Load.MAX_EVENTS_PER_SECOND;
        if (use.applyAsDouble(load.at(Load.MAX_EVENTS_PER_SECOND)) <= limit) {
            return (long) Load.MAX_EVENTS_PER_SECOND;
        }
        while (above - within > 0.01) {
            double middle = (within + above) / 2;
            if (use.applyAsDouble(load.at(middle)) <= limit) {
                within = middle;
            } else {
                above = middle;
            }
        }
        return Math.round(within);
    }
}
