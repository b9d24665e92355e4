package dev.ingestkit.core.item;

/**
 * A JSON number as DynamoDB counts it: significant digits and a power of ten. Read from the text without building
 * the number, so that {@code 1e999999999} costs nothing.
 *
 * @param negative whether the text has a minus sign
 * @param digits significant digits, leading and trailing zeros left out; 0 for zero
 * @param exponent the power of ten of the last significant digit; for zero, the exponent as written
 */
record Decimal(boolean negative, int digits, long exponent) {

    /** More digits than any exponent that fits a number needs, and few enough to add a length without overflow. */
    private static final int MAX_EXPONENT_DIGITS = 12;

    private static final int MAX_DIGITS = 38;
    private static final int MIN_MAGNITUDE = -130;
    private static final int MAX_MAGNITUDE = 125;

    /** A number with 38 digits behind 130 zeros has 171 characters; a longer one is padded with zeros. */
    private static final int MAX_TEXT = 200;

    /** Reads {@code text}, which must follow JSON's grammar of numbers. */
    static Decimal of(String text) {
        boolean negative = text.charAt(0) == '-';
        int end = mantissaEnd(text);
        int first = -1;
        int last = -1;
        int point = end;
        for (int i = negative ? 1 : 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                point = i;
            } else if (c != '0') {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if (first < 0) {
            return new Decimal(negative, 0, exponentOf(text, end));
        }
        boolean pointInside = point > first && point < last;
        int digits = last - first + (pointInside ? 0 : 1);
        long exponent = last < point ? point - last - 1 : point - last;
        return new Decimal(negative, digits, exponent + exponentOf(text, end));
    }

    private static int mantissaEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ((text.charAt(i) | 0x20) == 'e') {
                return i;
            }
        }
        return text.length();
    }

    private static long exponentOf(String text, int mantissaEnd) {
        if (mantissaEnd == text.length()) {
            return 0;
        }
        int start = mantissaEnd + 1;
        boolean negative = text.charAt(start) == '-';
        if (negative || text.charAt(start) == '+') {
            start++;
        }
        while (start < text.length() - 1 && text.charAt(start) == '0') {
            start++;
        }
        long magnitude = text.length() - start > MAX_EXPONENT_DIGITS
                ? 1_000_000_000_000L
                : Long.parseLong(text, start, text.length(), 10);
        return negative ? -magnitude : magnitude;
    }

    /**
     * Returns whether {@code text} is a number that DynamoDB returns with the same value, the sign of zero included.
     */
    static boolean fits(String text) {
        if (text.length() > MAX_TEXT) {
            return false;
        }
        Decimal number = of(text);
        if (number.digits == 0) {
            // Zero is zero with any exponent, but not every reader of numbers accepts every exponent.
            return !number.negative && Math.abs(number.exponent) <= MAX_MAGNITUDE;
        }
        long magnitude = number.exponent + number.digits - 1;
        return number.digits <= MAX_DIGITS && magnitude >= MIN_MAGNITUDE && magnitude <= MAX_MAGNITUDE;
    }

    /**
     * Returns the number's size in bytes: one per pair of digits counted from the decimal point, plus one, plus one for
     * a minus.
     */
    int size() {
        if (digits == 0) {
            return 1;
        }
        long pairs = Math.floorDiv(exponent + digits - 1, 2L) - Math.floorDiv(exponent, 2L) + 1;
        return (int) pairs + 1 + (negative ? 1 : 0);
    }
}
