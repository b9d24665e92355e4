package dev.ingestkit.core.item;

/**
 * The options of the item layout.
 *
 * @param ttlDays days from an event's arrival until DynamoDB may delete it; 0 to keep it
 * @param timeIndex whether part 0 carries the attributes of the time index
 */
public record ItemOptions(int ttlDays, boolean timeIndex) {

    /** Options of a table without expiration and without a time index. */
    public static final ItemOptions DEFAULT = new ItemOptions(0, false);

    public ItemOptions {
        if (ttlDays < 0) {
            throw new IllegalArgumentException("days to live must not be negative: " + ttlDays);
        }
    }
}
