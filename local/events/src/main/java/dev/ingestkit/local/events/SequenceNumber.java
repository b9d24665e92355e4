package dev.ingestkit.local.events;

import java.util.Optional;

/**
 * A record's sequence number: a decimal number of up to 128 digits. Immutable; ordered by value, which within one shard
 * is the order of the records. Leading zeros carry no meaning for order and equality, and are kept in the text:
 * DynamoDB Local writes them, and refuses a number without them.
 *
 * <p>Numbers are compared digit by digit, without arithmetic: the order is needed for every record that is read.
 *
 * @param text the number as its stream writes it
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html">Record</a>
 */
public record SequenceNumber(String text) implements Comparable<SequenceNumber> {

    private static final int MAX_DIGITS = 128;

    public SequenceNumber {
        if (!isNumber(text)) {
            throw new IllegalArgumentException(
                    "'%s' is not a sequence number: expected 1 to %d digits".formatted(text, MAX_DIGITS));
        }
    }

    /**
     * Reads a number.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    public static SequenceNumber parse(String text) {
        return new SequenceNumber(text);
    }

    /** Reads a number; empty if the text is not one. */
    public static Optional<SequenceNumber> tryParse(String text) {
        return isNumber(text) ? Optional.of(new SequenceNumber(text)) : Optional.empty();
    }

    private static boolean isNumber(String text) {
        // A loop, since it runs once for every record put and read.
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_DIGITS;
    }

    /** Returns the number without leading zeros. */
    public String digits() {
        int first = 0;
        while (first < text.length() - 1 && text.charAt(first) == '0') {
            first++;
        }
        return text.substring(first);
    }

    /** Returns whether the number is in a range that includes both of its ends. */
    public boolean isBetween(SequenceNumber first, SequenceNumber last) {
        return compareTo(first) >= 0 && compareTo(last) <= 0;
    }

    @Override
    public int compareTo(SequenceNumber other) {
        String mine = digits();
        String others = other.digits();
        int byLength = Integer.compare(mine.length(), others.length());
        return byLength != 0 ? byLength : mine.compareTo(others);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequenceNumber number && digits().equals(number.digits());
    }

    @Override
    public int hashCode() {
        return digits().hashCode();
    }

    /** Returns the number as its stream writes it. */
    @Override
    public String toString() {
        return text;
    }
}
