package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.events.SequenceNumber;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fields of a sequence number in AWS's layout: from the top the version 2, the second in which the shard was
 * created, the record's ordinal, the second of its arrival, the shard's index and the version again, printed as a
 * decimal of 56 digits. Numbers of one shard therefore increase with the ordinal, and a child shard's exceed its
 * parents'.
 *
 * @param createdSecond the time of the shard's creation, epoch seconds below 2^36
 * @param ordinal 0 for the shard's own starting number, then 1, 2, 3 … for its records
 * @param arrivalSecond epoch seconds below 2^36
 * @param shardIndex the number in the shard's id
 */
record SequenceLayout(long createdSecond, long ordinal, long arrivalSecond, int shardIndex) {

    /** The ordinal of the number that ends a closed shard: above every record's. */
    static final long END_ORDINAL = Long.MAX_VALUE;

    /** The form that the API requires, which also fits numbers of other layouts. */
    static final Pattern DECIMAL = Pattern.compile("0|([1-9]\\d{0,128})");

    private static final int DIGITS = 56;
    private static final long VERSION = 2;
    private static final long BILLION = 1_000_000_000L;
    private static final long WORD = 0xffff_ffffL;

    /** Reads the fields of a number; empty if the number does not have this layout. */
    static Optional<SequenceLayout> of(SequenceNumber number) {
        if (number.digits().length() != DIGITS) {
            return Optional.empty();
        }
        BigInteger value = new BigInteger(number.digits());
        if (bits(value, 184, 8) != VERSION || bits(value, 0, 4) != VERSION) {
            return Optional.empty();
        }
        return Optional.of(new SequenceLayout(
                bits(value, 148, 36), value.shiftRight(76).longValue(), bits(value, 36, 36), (int) bits(value, 4, 32)));
    }

    private static long bits(BigInteger value, int from, int count) {
        return value.shiftRight(from).longValue() & ((1L << count) - 1);
    }

    /** Returns the number. Uses long division by a billion, since it runs once for every record put and read. */
    SequenceNumber toSequenceNumber() {
        long bottom = (arrivalSecond << 36) | ((shardIndex & WORD) << 4) | VERSION;
        long[] words = {
            (VERSION << 24) | (createdSecond >>> 12),
            ((createdSecond & 0xfff) << 20) | (ordinal >>> 52),
            (ordinal >>> 20) & WORD,
            ((ordinal & 0xf_ffff) << 12) | (arrivalSecond >>> 28),
            (bottom >>> 32) & WORD,
            bottom & WORD
        };
        return new SequenceNumber(decimal(words));
    }

    private static String decimal(long[] words) {
        char[] digits = new char[DIGITS];
        int end = DIGITS;
        while (end > 0) {
            long rest = 0;
            for (int word = 0; word < words.length; word++) {
                long current = (rest << 32) | words[word];
                words[word] = current / BILLION;
                rest = current % BILLION;
            }
            int from = Math.max(0, end - 9);
            for (int at = end - 1; at >= from; at--) {
                digits[at] = (char) ('0' + rest % 10);
                rest /= 10;
            }
            end = from;
        }
        return new String(digits);
    }
}
