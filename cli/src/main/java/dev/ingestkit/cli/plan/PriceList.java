package dev.ingestkit.cli.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Prices and quotas of one day and one region. The tool's own are in {@code prices.json}; a user's file in the same
 * form replaces the entries that it names. Immutable.
 */
public final class PriceList {

    private static final String RESOURCE = "prices.json";
    private static final ObjectMapper JSON = Json.mapper();

    private final String asOf;
    private final String source;
    private final Map<String, Price> prices;
    private final Map<String, Double> quotas;

    private PriceList(String asOf, String source, Map<String, Price> prices, Map<String, Double> quotas) {
        this.asOf = asOf;
        this.source = source;
        this.prices = Map.copyOf(prices);
        this.quotas = Map.copyOf(quotas);
    }

    /** Returns the tool's own price list. */
    public static PriceList ofTheTool() {
        try (InputStream file = requireNonNull(PriceList.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            JsonNode root = JSON.readTree(file);
            return new PriceList(root.path("asOf").asText(), root.path("source").asText(), prices(root), quotas(root));
        } catch (IOException broken) {
            throw new UncheckedIOException(RESOURCE, broken);
        }
    }

    /**
     * Returns a copy with the entries of a file.
     *
     * @throws IOException when the file cannot be read or is not JSON
     * @throws IllegalArgumentException when the file has an unknown name or an invalid price
     */
    public PriceList with(Path file) throws IOException {
        JsonNode root = JSON.readTree(Files.readAllBytes(file));
        if (!root.isObject()) {
            throw new IllegalArgumentException("the file is not a JSON object");
        }
        Map<String, Price> merged = new HashMap<>(prices);
        prices(root).forEach((name, price) -> replace(merged, name, price));
        Map<String, Double> limits = new HashMap<>(quotas);
        quotas(root).forEach((name, limit) -> replace(limits, name, limit));
        return new PriceList(
                root.path("asOf").asText(asOf), root.path("source").asText(file.toString()), merged, limits);
    }

    private static <V> void replace(Map<String, V> known, String name, V value) {
        if (known.replace(name, value) == null) {
            throw new IllegalArgumentException("unknown name '%s'; known names: %s"
                    .formatted(name, known.keySet().stream().sorted().toList()));
        }
    }

    private static Map<String, Price> prices(JsonNode root) {
        Map<String, Price> prices = new HashMap<>();
        root.path("prices").properties().forEach(entry -> prices.put(entry.getKey(), Price.of(entry)));
        return prices;
    }

    private static Map<String, Double> quotas(JsonNode root) {
        Map<String, Double> quotas = new HashMap<>();
        root.path("quotas").properties().forEach(entry -> {
            double limit = entry.getValue().asDouble();
            if (!entry.getValue().isNumber() || limit <= 0) {
                throw new IllegalArgumentException("the quota '%s' must be a number above 0, but is %s"
                        .formatted(entry.getKey(), entry.getValue()));
            }
            quotas.put(entry.getKey(), limit);
        });
        return quotas;
    }

    /** Returns the date of the prices. */
    public String asOf() {
        return asOf;
    }

    /** Returns the source of the prices, for people. */
    public String source() {
        return source;
    }

    /**
     * Returns the monthly cost of a quantity.
     *
     * @param name the price's name, as in the file
     */
    public double cost(String name, double quantity) {
        return price(name).of(quantity);
    }

    Price price(String name) {
        return requireNonNull(prices.get(name), name);
    }

    double quota(String name) {
        return requireNonNull(quotas.get(name), name);
    }
}
