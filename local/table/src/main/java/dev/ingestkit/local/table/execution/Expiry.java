package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides when items expire. An item without the attribute, or with another type than a number in it, never does; one
 * that expired more than five years ago is left alone.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html">TTL</a>
 */
final class Expiry {
    /** The value of entries in the map of expiries, whose keys say everything. */
    static final byte[] NOTHING = new byte[0];

    private static final long MAX_AGE_SECONDS = 5L * 365 * 24 * 3600;
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(Long.MAX_VALUE / 1000);

    private Expiry() {}

    /** Returns the item's entry in the map of expiries, seconds and primary key, or null if it never expires. */
    static byte @Nullable [] entry(String attribute, Item item, byte[] primaryKey) {
        Long seconds = seconds(attribute, item);
        return seconds == null
                ? null
                : ByteBuffer.allocate(8 + primaryKey.length)
                        .putLong(seconds)
                        .put(primaryKey)
                        .array();
    }

    private static @Nullable Long seconds(String attribute, Item item) {
        Value value = item.get(attribute);
        if (value == null || value.type() != ValueType.N) {
            return null;
        }
        BigDecimal seconds = value.number().toBigDecimal();
        return seconds.signum() < 0 || seconds.compareTo(MAX_SECONDS) > 0 ? null : seconds.longValue();
    }

    /** Returns whether an item is expired. */
    static boolean isExpired(String attribute, Item item, Instant now) {
        Long seconds = seconds(attribute, item);
        return seconds != null && seconds < now.getEpochSecond() && seconds >= now.getEpochSecond() - MAX_AGE_SECONDS;
    }

    /** Returns the bounds of entries that are expired at the time. */
    static byte[] bound(long seconds) {
        return ByteBuffer.allocate(8).putLong(Math.max(0, seconds)).array();
    }

    static byte[] firstBound(Instant now) {
        return bound(now.getEpochSecond() - MAX_AGE_SECONDS);
    }

    static byte[] primaryKey(byte[] entry) {
        byte[] key = new byte[entry.length - 8];
        System.arraycopy(entry, 8, key, 0, key.length);
        return key;
    }
}
