package dev.ingestkit.local.table.item;

import dev.ingestkit.local.table.error.TableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A number as DynamoDB has it: up to 38 significant digits, magnitude from 1E-130 to 9.99...E+125, held as bytes that
 * sort like the numbers. Immutable.
 *
 * <p>The bytes: sign (0 negative, 1 zero, 2 positive), exponent of the first digit plus 130, digits two to a byte
 * (as decimal digits in half bytes, plus one). Of a negative number exponent and digits are inverted, and 0xFF, which
 * no inverted digits are, ends them: so larger magnitudes sort lower.
 *
 * @see <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
 * types</a>
 */
public final class DynamoNumber implements Comparable<DynamoNumber> {
    /** The maximum number of significant digits. */
    public static final int MAX_DIGITS = 38;

    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;
    private static final int BIAS = 130;
    private static final byte NEGATIVE = 0;
    private static final byte ZERO_SIGN = 1;
    private static final byte POSITIVE = 2;
    private static final byte END_OF_NEGATIVE = (byte) 0xff;
    private static final DynamoNumber ZERO = new DynamoNumber(new byte[] {ZERO_SIGN});

    private final byte[] bytes;

    private DynamoNumber(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a number from its text.
     *
     * @throws TableException with DynamoDB's text if it is not a number, too long, too large or too small
     */
    public static DynamoNumber parse(String text) {
        return new NumberParser(text).parse();
    }

    /** Returns the number of an integer. */
    public static DynamoNumber of(long value) {
        return of(BigDecimal.valueOf(value));
    }

    /**
     * Returns the number of a decimal.
     *
     * @throws TableException with DynamoDB's text if it has too many digits or is out of range
     */
    public static DynamoNumber of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        BigInteger unscaled = value.unscaledValue().abs();
        byte[] digits = unscaled.toString().getBytes(StandardCharsets.ISO_8859_1);
        int count = digits.length;
        for (int i = 0; i < count; i++) {
            digits[i] = (byte) (digits[i] - '0');
        }
        long exponent = (long) count - 1 - value.scale();
        return ofDigits(value.signum() < 0, digits, count, exponent);
    }

    /** Returns the number of digits (the first is not 0), whose first digit has the exponent. */
    static DynamoNumber ofDigits(boolean negative, byte[] digits, int length, long exponent) {
        int count = length;
        while (count > 0 && digits[count - 1] == 0) {
            count--;
        }
        if (count == 0) {
            return ZERO;
        }
        requireRange(exponent);
        if (count > MAX_DIGITS) {
            throw TableException.validation("Attempting to store more than 38 significant digits in a Number");
        }
        return new DynamoNumber(encode(negative, digits, count, (int) exponent));
    }

    /** Refuses an exponent that no number may have, not even zero. */
    static void requireRange(long exponent) {
        if (exponent > MAX_EXPONENT) {
            throw TableException.validation(
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (exponent < MIN_EXPONENT) {
            throw TableException.validation(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
    }

    private static byte[] encode(boolean negative, byte[] digits, int count, int exponent) {
        int pairs = (count + 1) / 2;
        byte[] bytes = new byte[2 + pairs + (negative ? 1 : 0)];
        int invert = negative ? 0xff : 0;
        bytes[0] = negative ? NEGATIVE : POSITIVE;
        bytes[1] = (byte) ((exponent + BIAS) ^ invert);
        for (int i = 0; i < pairs; i++) {
            int low = 2 * i + 1 < count ? digits[2 * i + 1] : 0;
            bytes[2 + i] = (byte) (((digits[2 * i] << 4 | low) + 1) ^ invert);
        }
        if (negative) {
            bytes[bytes.length - 1] = END_OF_NEGATIVE;
        }
        return bytes;
    }

    /** Returns the number whose sortable bytes are in the range. */
    static DynamoNumber ofSortable(byte[] source, int from, int to) {
        return new DynamoNumber(Arrays.copyOfRange(source, from, to));
    }

    /** Returns the bytes that sort, unsigned, like the numbers: a copy. */
    public byte[] sortable() {
        return bytes.clone();
    }

    byte[] raw() {
        return bytes;
    }

    /**
     * Returns the sum.
     *
     * @throws TableException if it is out of range or needs more than 38 digits
     */
    public DynamoNumber add(DynamoNumber other) {
        return of(toBigDecimal().add(other.toBigDecimal()));
    }

    /**
     * Returns the difference.
     *
     * @throws TableException if it is out of range or needs more than 38 digits
     */
    public DynamoNumber subtract(DynamoNumber other) {
        return of(toBigDecimal().subtract(other.toBigDecimal()));
    }

    /** Returns the number as a decimal, exactly. */
    public BigDecimal toBigDecimal() {
        if (bytes[0] == ZERO_SIGN) {
            return BigDecimal.ZERO;
        }
        int count = digitCount(bytes, 0, bytes.length);
        StringBuilder digits = new StringBuilder(count + 1);
        if (bytes[0] == NEGATIVE) {
            digits.append('-');
        }
        appendDigits(digits, 0, count);
        return new BigDecimal(new BigInteger(digits.toString()), count - 1 - exponent(bytes, 0));
    }

    /** Returns the number's size in an item in bytes: half its digits, rounded to pairs around the point, and one. */
    public int size() {
        return size(bytes, 0, bytes.length);
    }

    static int size(byte[] bytes, int from, int length) {
        if (bytes[from] == ZERO_SIGN) {
            return 1;
        }
        int digits = digitCount(bytes, from, length);
        boolean split = digits % 2 == 0 && exponent(bytes, from) % 2 == 0;
        return 1 + (digits + 1) / 2 + (split ? 1 : 0) + (bytes[from] == NEGATIVE ? 1 : 0);
    }

    private static int exponent(byte[] bytes, int from) {
        int invert = bytes[from] == NEGATIVE ? 0xff : 0;
        return ((bytes[from + 1] ^ invert) & 0xff) - BIAS;
    }

    private static int digitCount(byte[] bytes, int from, int length) {
        boolean negative = bytes[from] == NEGATIVE;
        int pairs = length - 2 - (negative ? 1 : 0);
        int last = ((bytes[from + 1 + pairs] ^ (negative ? 0xff : 0)) & 0xff) - 1;
        return 2 * pairs - ((last & 0x0f) == 0 ? 1 : 0);
    }

    private void appendDigits(StringBuilder text, int from, int to) {
        int invert = bytes[0] == NEGATIVE ? 0xff : 0;
        for (int i = from; i < to; i++) {
            int pair = ((bytes[2 + i / 2] ^ invert) & 0xff) - 1;
            text.append((char) ('0' + (i % 2 == 0 ? pair >>> 4 : pair & 0x0f)));
        }
    }

    @Override
    public int compareTo(DynamoNumber other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DynamoNumber dynamoNumber && Arrays.equals(bytes, dynamoNumber.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns the canonical text: plain notation, no exponent, no superfluous zeros. */
    @Override
    public String toString() {
        if (bytes[0] == ZERO_SIGN) {
            return "0";
        }
        int count = digitCount(bytes, 0, bytes.length);
        int exponent = exponent(bytes, 0);
        StringBuilder text = new StringBuilder(Math.max(count, Math.abs(exponent)) + 4);
        if (bytes[0] == NEGATIVE) {
            text.append('-');
        }
        if (exponent < 0) {
            text.append("0.").append("0".repeat(-exponent - 1));
            appendDigits(text, 0, count);
        } else if (count <= exponent + 1) {
            appendDigits(text, 0, count);
            text.append("0".repeat(exponent + 1 - count));
        } else {
            appendDigits(text, 0, exponent + 1);
            text.append('.');
            appendDigits(text, exponent + 1, count);
        }
        return text.toString();
    }
}
