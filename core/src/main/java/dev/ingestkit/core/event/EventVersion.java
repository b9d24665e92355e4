package dev.ingestkit.core.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The order of events with one id: by arrival time, then by sequence number.
 *
 * <p>A sequence number has 56 digits and a DynamoDB number 38, so a version is text: both parts are padded with zeros
 * so that comparing the strings, in Java or in a condition expression, compares the versions.
 *
 * @param value {@code <arrival, 15 digits of epoch milliseconds>-<sequence number, 64 digits>}
 */
public record EventVersion(String value) implements Comparable<EventVersion> {

    private static final int MILLIS_DIGITS = 15;
    private static final int SEQUENCE_DIGITS = 64;

    public EventVersion {
        requireNonNull(value, "value");
    }

    /**
     * Returns the version of the record that arrived at {@code arrivedAt} with {@code sequenceNumber}.
     *
     * @throws IllegalArgumentException if the time is before 1970 or beyond 15 digits of milliseconds, or the sequence
     *     number is not 1 to 64 decimal digits
     */
    public static EventVersion of(Instant arrivedAt, String sequenceNumber) {
        long millis = arrivedAt.toEpochMilli();
        if (millis < 0 || millis > 999_999_999_999_999L) {
            throw new IllegalArgumentException("arrival time out of range: " + arrivedAt);
        }
        if (sequenceNumber.isEmpty()
                || sequenceNumber.length() > SEQUENCE_DIGITS
                || !sequenceNumber.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw new IllegalArgumentException(
                    "sequence number must be 1 to " + SEQUENCE_DIGITS + " decimal digits: " + sequenceNumber);
        }
        return new EventVersion(
                padded(Long.toString(millis), MILLIS_DIGITS) + '-' + padded(sequenceNumber, SEQUENCE_DIGITS));
    }

    private static String padded(String digits, int width) {
        return "0".repeat(width - digits.length()) + digits;
    }

    @Override
    public int compareTo(EventVersion other) {
        return value.compareTo(other.value);
    }
}
