package dev.ingestkit.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A shard's part of the hash space, both ends included.
 *
 * @param start the lowest hash key
 * @param end the highest hash key, not below {@code start}
 */
record HashRange(HashKey start, HashKey end) {

    HashRange {
        if (start.compareTo(end) > 0) {
            throw new IllegalArgumentException("a hash range must not end before it starts: " + start + " to " + end);
        }
    }

    boolean contains(HashKey key) {
        return start.compareTo(key) <= 0 && key.compareTo(end) <= 0;
    }

    boolean divisible() {
        return !start.equals(end);
    }

    /** Returns the first hash key of the upper half. */
    HashKey middle() {
        BigInteger from = start.toBigInteger();
        return HashKey.of(
                from.add(end.toBigInteger().subtract(from).shiftRight(1)).add(BigInteger.ONE));
    }

    boolean isDirectlyBefore(HashRange next) {
        return !end.equals(HashKey.MAX) && end.plusOne().equals(next.start);
    }

    /**
     * Divides the whole space into equal parts without gaps. The last part takes the remainder of the division, as on
     * AWS.
     *
     * @param count the number of parts, at least 1
     */
    static List<HashRange> uniform(int count) {
        BigInteger width = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(count));
        List<HashRange> ranges = new ArrayList<>(count);
        for (int part = 0; part < count; part++) {
            HashKey start = HashKey.of(width.multiply(BigInteger.valueOf(part)));
            HashKey end = part == count - 1
                    ? HashKey.MAX
                    : HashKey.of(width.multiply(BigInteger.valueOf(part + 1L))).minusOne();
            ranges.add(new HashRange(start, end));
        }
        return ranges;
    }
}
