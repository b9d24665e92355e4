package dev.ingestkit.local.kinesis;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * A point in the 128-bit hash space that a stream's shards divide, compared as an unsigned number.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
record HashKey(long high, long low) implements Comparable<HashKey> {

    static final HashKey MIN = new HashKey(0, 0);
    static final HashKey MAX = new HashKey(-1, -1);
    /** The form that the API requires, which also fits numbers above the largest hash key. */
    static final Pattern DECIMAL = Pattern.compile("0|([1-9]\\d{0,38})");

    private static final BigInteger SPACE = BigInteger.ONE.shiftLeft(128);

    /**
     * Returns the hash key with this value.
     *
     * @throws IllegalArgumentException if the value is outside 0 to 2^128-1
     */
    static HashKey of(BigInteger value) {
        if (value.signum() < 0 || value.compareTo(SPACE) >= 0) {
            throw new IllegalArgumentException("a hash key must be 0 to 2^128-1: " + value);
        }
        return new HashKey(value.shiftRight(64).longValue(), value.longValue());
    }

    /** Returns the hash key of a partition key: its MD5 as an unsigned big-endian number, as in Kinesis. */
    static HashKey ofPartitionKey(MessageDigest md5, String partitionKey) {
        ByteBuffer digest = ByteBuffer.wrap(md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
        return new HashKey(digest.getLong(), digest.getLong());
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has MD5", missing);
        }
    }

    BigInteger toBigInteger() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return new BigInteger(1, bytes);
    }

    HashKey plusOne() {
        return low == -1 ? new HashKey(high + 1, 0) : new HashKey(high, low + 1);
    }

    HashKey minusOne() {
        return low == 0 ? new HashKey(high - 1, -1) : new HashKey(high, low - 1);
    }

    @Override
    public int compareTo(HashKey other) {
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    /** Returns the decimal form that the API uses. */
    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
