package dev.ingestkit.cli.event;

import java.util.Locale;

/**
 * What reading a table costs on AWS: half a read request unit for each 4 KB, eventually consistent, by the table's size
 * as DynamoDB states it.
 *
 * @param items to be read
 * @param bytes to be read
 */
public record ScanCost(long items, long bytes) {

    private static final double BYTES_OF_A_UNIT = 2 * 4096;
    /** On demand, us-east-1, in US dollars. */
    private static final double PRICE_OF_A_MILLION = 0.125;

    /** @param maxItems so many at most */
    public static ScanCost of(EventTable.Size table, long maxItems) {
        if (table.items() <= maxItems) {
            return new ScanCost(table.items(), table.bytes());
        }
        return new ScanCost(maxItems, (long) ((double) table.bytes() / table.items() * maxItems));
    }

    /** In read request units. */
    public long units() {
        return (long) Math.ceil(bytes / BYTES_OF_A_UNIT);
    }

    /** For people. */
    public String line() {
        double price = units() / 1e6 * PRICE_OF_A_MILLION;
        String dollars = price < 0.01 ? "under $0.01" : String.format(Locale.ROOT, "about $%,.2f", price);
        return String.format(
                Locale.ROOT,
                "this reads about %,d items, %,.1f MB: some %,d read request units, %s at us-east-1's on-demand price"
                        + " (sizes as of the last six hours)",
                items,
                bytes / 1e6,
                units(),
                dollars);
    }
}
