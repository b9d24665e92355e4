package dev.ingestkit.cli.plan;

import static java.util.Objects.requireNonNull;

/**
 * The price of a load.
 *
 * @param perMillion US dollars per million events
 * @param perMonth US dollars per month of 730 hours
 */
public record LoadPrice(Number perMillion, Number perMonth) {

    public LoadPrice {
        requireNonNull(perMillion, "perMillion");
        requireNonNull(perMonth, "perMonth");
    }
}
