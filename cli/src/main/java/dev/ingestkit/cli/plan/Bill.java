package dev.ingestkit.cli.plan;

import java.util.ArrayList;
import java.util.List;

/** Calculates the monthly cost of a load, line by line, without free tiers, taxes, discounts and support. */
final class Bill {

    static final double HOURS = 730;
    static final double SECONDS = HOURS * 3_600;

    private static final double GIBIBYTE = 1_073_741_824;
    private static final double PUT_UNIT_BYTES = 25 * 1_024;
    private static final double ON_DEMAND_UNIT_BYTES = 1_024;
    private static final int FREE_RETENTION_HOURS = 24;
    private static final int WEEK_HOURS = 168;
    private static final double ANSWER_BYTES = 600;
    private static final double ITEM_STORAGE_BYTES = 100;
    private static final double ACCESS_LOG_BYTES = 450;
    /** The log lines of Lambda and the one of the writer. */
    private static final double INVOCATION_LOG_BYTES = 1_000;
    /** X-Ray's default rule samples one request per second, and this share of the rest. */
    private static final double TRACED = 0.05;

    private static final int ALARMS = 10;
    private static final int METRICS = 2;

    private final List<CostItem> items = new ArrayList<>();
    private final Load load;
    private final Capacity capacity;
    private final Assumptions assumed;
    private final PriceList prices;
    private final CapacityMode mode;
    private final double events;
    private double total;

    private Bill(Load load, CapacityMode mode, Capacity capacity, Assumptions assumed, PriceList prices) {
        this.load = load;
        this.mode = mode;
        this.capacity = capacity;
        this.assumed = assumed;
        this.prices = prices;
        this.events = load.eventsPerSecond() * SECONDS;
    }

    static Bill of(Load load, CapacityMode mode, Capacity capacity, Assumptions assumed, PriceList prices) {
        Bill bill = new Bill(load, mode, capacity, assumed, prices);
        bill.api();
        if (mode == CapacityMode.PROVISIONED) {
            bill.provisioned();
        } else {
            bill.onDemand();
        }
        bill.longTermRetention();
        bill.writer();
        bill.table();
        bill.rest();
        return bill;
    }

    List<CostItem> items() {
        return List.copyOf(items);
    }

    double perMonth() {
        return total;
    }

    private void add(String service, String what, double quantity, String unit, String price) {
        if (quantity > 0) {
            double cost = prices.price(price).of(quantity);
            total += cost;
            items.add(new CostItem(mode, service, what, Amount.of(quantity), unit, Amount.of(cost)));
        }
    }

    private void api() {
        add("API Gateway", "requests", events, "requests", "apigateway.request");
        add("API Gateway", "responses over the internet", events * ANSWER_BYTES / GIBIBYTE, "GB", "transfer.out.gb");
    }

    private void provisioned() {
        double hours = capacity.shards() * HOURS;
        add("Kinesis", "shards", hours, "shard hours", "kinesis.shard.hour");
        double units = Math.ceil(load.bytes() / PUT_UNIT_BYTES);
        add("Kinesis", "put units of 25 KB", events * units, "units", "kinesis.put.unit");
        if (assumed.retentionHours() > FREE_RETENTION_HOURS) {
            add("Kinesis", "retention over 24 hours", hours, "shard hours", "kinesis.retention.shard.hour");
        }
    }

    private void onDemand() {
        add("Kinesis", "the stream", HOURS, "hours", "kinesis.ondemand.stream.hour");
        double gigabytes =
                events * Math.ceil(load.recordBytes() / ON_DEMAND_UNIT_BYTES) * ON_DEMAND_UNIT_BYTES / GIBIBYTE;
        add("Kinesis", "data in", gigabytes, "GB", "kinesis.ondemand.in.gb");
        add("Kinesis", "data out", gigabytes, "GB", "kinesis.ondemand.out.gb");
        double hours = Math.min(assumed.retentionHours(), WEEK_HOURS) - FREE_RETENTION_HOURS;
        add("Kinesis", "retention over 24 hours", held(hours), "GB months", "kinesis.ondemand.retention.gb.month");
    }

    private void longTermRetention() {
        double hours = Math.max(0, assumed.retentionHours() - WEEK_HOURS);
        add("Kinesis", "retention over 7 days", held(hours), "GB months", "kinesis.longterm.gb.month");
    }

    /** Returns the amount that a number of hours of events adds up to, and so is stored at any time. */
    private double held(double hours) {
        return load.bytesPerSecond() * hours * 3_600 / GIBIBYTE;
    }

    private void writer() {
        double invocations = capacity.invocationsPerSecond() * SECONDS;
        add("Lambda", "invocations of the writer", invocations, "requests", "lambda.request");
        double seconds = invocations * capacity.batchMillis() / 1_000 * capacity.memoryMegabytes() / 1_024;
        add("Lambda", "compute time of the writer, arm64", seconds, "GB seconds", "lambda.gb.second");
        double logs = invocations * INVOCATION_LOG_BYTES + (assumed.accessLogs() ? events * ACCESS_LOG_BYTES : 0);
        add(
                "CloudWatch",
                assumed.accessLogs() ? "logs and access logs" : "logs",
                logs / GIBIBYTE,
                "GB",
                "cloudwatch.log.gb");
    }

    private void table() {
        add("DynamoDB", "writes", capacity.writeUnitsPerSecond() * SECONDS, "write units", "dynamodb.write.unit");
        double stored = load.eventsPerSecond()
                * assumed.keepDays()
                * 86_400
                * (Capacity.itemBytes(load) + ITEM_STORAGE_BYTES)
                / GIBIBYTE;
        String days = "events kept for %d days".formatted(assumed.keepDays());
        add("DynamoDB", days, stored, "GB months", "dynamodb.storage.gb.month");
        add("DynamoDB", days + ", continuous backup", stored, "GB months", "dynamodb.backup.gb.month");
    }

    private void rest() {
        add("X-Ray", "traces of 5 % of the requests", events * TRACED, "traces", "xray.trace");
        add("Secrets Manager", "the secret", 1, "secrets", "secrets.secret.month");
        add("Secrets Manager", "calls, one every 5 minutes", SECONDS / 300, "calls", "secrets.call");
        add("CloudWatch", "alarms", ALARMS, "alarms", "cloudwatch.alarm.month");
        add("CloudWatch", "metrics of the authorizer", METRICS, "metrics", "cloudwatch.metric.month");
        add("CloudWatch", "the dashboard", 1, "dashboards", "cloudwatch.dashboard.month");
    }
}
