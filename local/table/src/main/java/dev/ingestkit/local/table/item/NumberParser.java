package dev.ingestkit.local.table.item;

import dev.ingestkit.local.table.error.TableException;
import java.util.Arrays;

/** Reads one number's text: sign, digits with a point, exponent. For a single use. */
final class NumberParser {
    private static final int DECIMAL = 10;
    private static final long MAX_SHIFT = 1_000_000_000_000L;

    private final String text;
    private int at;
    private byte[] digits = new byte[DynamoNumber.MAX_DIGITS + 2];
    private int count;
    private long exponent;
    private boolean any;

    NumberParser(String text) {
        this.text = text;
    }

    DynamoNumber parse() {
        if (text.isEmpty()) {
            throw TableException.validation("The parameter cannot be converted to a numeric value");
        }
        char first = text.charAt(0);
        boolean negative = first == '-';
        if (negative || first == '+') {
            at++;
        }
        long integerDigits = readDigits(true);
        exponent = integerDigits - 1;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            readDigits(false);
        }
        if (!any) {
            throw notANumber();
        }
        long shift = readExponent();
        if (at < text.length()) {
            throw notANumber();
        }
        // Digits are too few to bring an exponent of such a size back into range.
        long bounded = Math.max(-MAX_SHIFT, Math.min(shift, MAX_SHIFT));
        if (count == 0) {
            DynamoNumber.requireRange(bounded);
        }
        return DynamoNumber.ofDigits(negative, digits, count, exponent + bounded);
    }

    /** Reads digits, leading zeros left out; returns how many digits before the point count. */
    private long readDigits(boolean beforePoint) {
        long significant = 0;
        for (; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            any = true;
            if (count == 0 && digit == 0) {
                if (!beforePoint) {
                    exponent--;
                }
                continue;
            }
            add((byte) digit);
            significant++;
        }
        return significant;
    }

    private void add(byte digit) {
        if (count == digits.length) {
            digits = Arrays.copyOf(digits, count * 2);
        }
        digits[count++] = digit;
    }

    private long readExponent() {
        if (at >= text.length() || (text.charAt(at) | 0x20) != 'e') {
            return 0;
        }
        at++;
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        int start = at;
        long value = 0;
        for (; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (value > (Long.MAX_VALUE - digit) / DECIMAL) {
                throw notANumber();
            }
            value = value * DECIMAL + digit;
        }
        if (at == start) {
            throw notANumber();
        }
        return negative ? -value : value;
    }

    private TableException notANumber() {
        return TableException.validation("The parameter cannot be converted to a numeric value: " + text);
    }
}
