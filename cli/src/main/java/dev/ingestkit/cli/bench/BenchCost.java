package dev.ingestkit.cli.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * What a load test on AWS would cost, by list prices and on the high side: every record is taken to be an invocation of
 * its own, as at low rates it is.
 */
public final class BenchCost {

    private static final String PRICES = "/dev/ingestkit/cli/bench/prices.json";
    private static final double PUT_UNIT_BYTES = 25 * 1024.0;
    private static final double WRITE_UNIT_BYTES = 1024.0;
    private static final double INVOCATION_SECONDS = 0.05;
    private static final double INVOCATION_GB = 1.0;

    private final JsonNode prices;

    private BenchCost(JsonNode prices) {
        this.prices = prices;
    }

    /** By the tool's own price list. */
    public static BenchCost ofTheTool() {
        try (InputStream file = requireNonNull(BenchCost.class.getResourceAsStream(PRICES), PRICES)) {
            return new BenchCost(new ObjectMapper().readTree(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(PRICES, broken);
        }
    }

    /** In the list's currency. */
    double of(long events, long bytesOfEach) {
        double each = price("apigateway.request")
                + Math.ceil(bytesOfEach / PUT_UNIT_BYTES) * price("kinesis.put.unit")
                + price("lambda.request")
                + INVOCATION_SECONDS * INVOCATION_GB * price("lambda.gb.second")
                + Math.ceil(bytesOfEach / WRITE_UNIT_BYTES) * price("dynamodb.write.unit");
        return events * each;
    }

    private double price(String name) {
        return prices.required(name).asDouble();
    }

    /** The sum as a sentence. */
    public String text(long events, long bytesOfEach) {
        return String.format(
                Locale.ROOT,
                "%,d events of about %,d bytes cost up to %.2f %s in requests, writes and invocations (%s of %s)",
                events,
                bytesOfEach,
                Math.ceil(of(events, bytesOfEach) * 100) / 100,
                prices.required("currency").asText(),
                prices.required("source").asText(),
                prices.required("asOf").asText());
    }
}
