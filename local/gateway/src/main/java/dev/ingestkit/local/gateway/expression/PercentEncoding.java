package dev.ingestkit.local.gateway.expression;

import java.nio.charset.StandardCharsets;

/**
 * Decodes and encodes the paths and queries of URLs. A percent sign that starts no escape stays as it is, and bytes that
 * are not UTF-8 become U+FFFD: a request's text is data and never a reason to fail. Stateless.
 */
public final class PercentEncoding {

    private static final String IN_PATHS = "-._~!$&'()*+,;=:@/";
    private static final String IN_QUERIES = "-._~";

    private PercentEncoding() {}

    /** Encodes a path; a slash stays one. */
    public static String encodePath(String text) {
        return encode(text, IN_PATHS);
    }

    /** Encodes a name or a value of a query. */
    public static String encodeQuery(String text) {
        return encode(text, IN_QUERIES);
    }

    private static String encode(String text, String plain) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = b > 0 && (Character.isDigit(b) || isLetter((char) b) || plain.indexOf(b) >= 0);
            if (isPlain) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(String.format("%02X", b));
            }
        }
        return encoded.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    public static String decodePath(String text) {
        return text.indexOf('%') < 0 ? text : decode(text, false);
    }

    /** Decodes like {@link #decodePath}, with {@code +} as a space. */
    static String decodeQuery(String text) {
        return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : decode(text, true);
    }

    private static String decode(String text, boolean plusIsSpace) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[source.length];
        int length = 0;
        for (int i = 0; i < source.length; i++) {
            byte b = source[i];
            if (b == '%' && i + 2 < source.length && hex(source[i + 1]) >= 0 && hex(source[i + 2]) >= 0) {
                decoded[length++] = (byte) (hex(source[i + 1]) << 4 | hex(source[i + 2]));
                i += 2;
            } else {
                decoded[length++] = plusIsSpace && b == '+' ? (byte) ' ' : b;
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(byte b) {
        return b < 0 ? -1 : Character.digit(b, 16);
    }
}
