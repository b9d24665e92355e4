package dev.ingestkit.cli.event;

import java.util.Locale;

/**
 * The cost of reading a table on AWS: half a read request unit per 4 KB, eventually consistently, by the table's size
 * as DynamoDB reports it.
 *
 * @param items the number of items to read
 * @param bytes the number of bytes to read
 */
public record ScanCost(long items, long bytes) {

    private static final double BYTES_OF_A_UNIT = 2 * 4096;
    /** The on-demand price in us-east-1, in US dollars. */
    private static final double PRICE_OF_A_MILLION = 0.125;

    /**
     * Returns the cost of reading a table.
     *
     * @param maxItems the maximum of items to read
     */
    public static ScanCost of(EventTable.Size table, long maxItems) {
        if (table.items() <= maxItems) {
            return new ScanCost(table.items(), table.bytes());
        }
        return new ScanCost(maxItems, (long) ((double) table.bytes() / table.items() * maxItems));
    }

    /** Returns the cost in read request units. */
    public long units() {
        return (long) Math.ceil(bytes / BYTES_OF_A_UNIT);
    }

    /** Returns the cost as a sentence for people. */
    public String line() {
        double price = units() / 1e6 * PRICE_OF_A_MILLION;
        String dollars = price < 0.01 ? "under $0.01" : String.format(Locale.ROOT, "about $%,.2f", price);
        return String.format(
                Locale.ROOT,
                "this reads about %,d items, %,.1f MB: about %,d read request units, %s at the on-demand price of us-east-1"
                        + " (by sizes of the last six hours)",
                items,
                bytes / 1e6,
                units(),
                dollars);
    }
}
