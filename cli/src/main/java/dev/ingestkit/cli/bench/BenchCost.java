package dev.ingestkit.cli.bench;

import dev.ingestkit.cli.plan.PriceList;
import java.util.Locale;

/**
 * Estimates the cost of a load test on AWS by list prices, on the high side: it assumes one invocation per record, as
 * at low rates.
 */
public final class BenchCost {

    private static final double PUT_UNIT_BYTES = 25 * 1024.0;
    private static final double WRITE_UNIT_BYTES = 1024.0;
    private static final double INVOCATION_SECONDS = 0.05;
    private static final double INVOCATION_GB = 1.0;

    private final PriceList prices;

    private BenchCost(PriceList prices) {
        this.prices = prices;
    }

    /** Returns an estimator with the tool's own price list. */
    public static BenchCost ofTheTool() {
        return new BenchCost(PriceList.ofTheTool());
    }

    /** Returns the cost in US dollars. */
    double of(long events, long bytesOfEach) {
        double requests = (double) events;
        return prices.cost("apigateway.request", requests)
                + prices.cost("kinesis.put.unit", requests * Math.ceil(bytesOfEach / PUT_UNIT_BYTES))
                + prices.cost("lambda.request", requests)
                + prices.cost("lambda.gb.second", requests * INVOCATION_SECONDS * INVOCATION_GB)
                + prices.cost("dynamodb.write.unit", requests * Math.ceil(bytesOfEach / WRITE_UNIT_BYTES));
    }

    /** Returns the cost as a sentence. */
    public String text(long events, long bytesOfEach) {
        return String.format(
                Locale.ROOT,
                "%,d events of about %,d bytes cost at most %.2f USD in requests, writes and invocations (%s of %s)",
                events,
                bytesOfEach,
                Math.ceil(of(events, bytesOfEach) * 100) / 100,
                prices.source(),
                prices.asOf());
    }
}
