package dev.ingestkit.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A tiered price.
 *
 * @param tiers the tiers in rising order; the last has no upper limit
 */
record Price(List<Tier> tiers) {

    /** The price of each unit up to a quantity. */
    record Tier(double upTo, double each) {}

    Price {
        tiers = List.copyOf(tiers);
    }

    /** @throws IllegalArgumentException when it is not a list of {@code {"upTo":…,"each":…}}, the last without upTo */
    static Price of(Map.Entry<String, JsonNode> named) {
        List<Tier> tiers = new ArrayList<>();
        double before = 0;
        for (JsonNode node : named.getValue()) {
            double upTo = node.path("upTo").asDouble(Double.POSITIVE_INFINITY);
            double each = node.path("each").asDouble(-1);
            if (upTo <= before || each < 0) {
                throw wrong(named);
            }
            tiers.add(new Tier(upTo, each));
            before = upTo;
        }
        if (before != Double.POSITIVE_INFINITY) {
            throw wrong(named);
        }
        return new Price(tiers);
    }

    private static IllegalArgumentException wrong(Map.Entry<String, JsonNode> named) {
        return new IllegalArgumentException(
                "the price '%s' must be a list of {\"upTo\": N, \"each\": AMOUNT} in rising order, the last without upTo, but is %s"
                        .formatted(named.getKey(), named.getValue()));
    }

    double of(double quantity) {
        double cost = 0;
        double from = 0;
        for (Tier tier : tiers) {
            double inTier = Math.min(quantity, tier.upTo()) - from;
            if (inTier <= 0) {
                break;
            }
            cost += inTier * tier.each();
            from = tier.upTo();
        }
        return cost;
    }
}
