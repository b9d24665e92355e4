package dev.ingestkit.local.mapping;

import java.nio.charset.StandardCharsets;

/** Writes pieces of JSON directly into an array whose exact size was computed beforehand. */
final class Utf8Json {

    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] target;
    private int position;

    Utf8Json(int size) {
        target = new byte[size];
    }

    void bytes(byte[] source) {
        System.arraycopy(source, 0, target, position, source.length);
        position += source.length;
    }

    /** Writes characters that need no escape and are ASCII. */
    @SuppressWarnings("deprecation") // the one way to copy ASCII characters without a second array
    void ascii(String text) {
        text.getBytes(0, text.length(), target, position);
        position += text.length();
    }

    void base64(byte[] data) {
        int whole = data.length / 3 * 3;
        int at = position;
        for (int index = 0; index < whole; index += 3) {
            int bits = ((data[index] & 0xff) << 16) | ((data[index + 1] & 0xff) << 8) | (data[index + 2] & 0xff);
            target[at] = BASE64[bits >>> 18];
            target[at + 1] = BASE64[(bits >>> 12) & 63];
            target[at + 2] = BASE64[(bits >>> 6) & 63];
            target[at + 3] = BASE64[bits & 63];
            at += 4;
        }
        position = at;
        if (data.length - whole == 1) {
            int bits = data[whole] & 0xff;
            fourth(BASE64[bits >>> 2], BASE64[(bits << 4) & 63], (byte) '=');
        } else if (data.length - whole == 2) {
            int bits = ((data[whole] & 0xff) << 8) | (data[whole + 1] & 0xff);
            fourth(BASE64[bits >>> 10], BASE64[(bits >>> 4) & 63], BASE64[(bits << 2) & 63]);
        }
    }

    private void fourth(byte first, byte second, byte third) {
        target[position++] = first;
        target[position++] = second;
        target[position++] = third;
        target[position++] = '=';
    }

    /** Returns the number of bytes that {@link #base64} writes. */
    static int base64Size(int bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /** Returns a string's content, escaped, without its quotes. */
    static byte[] escaped(String text) {
        if (plain(text)) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int index = 0; index < text.length(); index++) {
            escape(text.charAt(index), escaped);
        }
        return escaped.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean plain(String text) {
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next < ' ' || next > '~' || next == '"' || next == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void escape(char next, StringBuilder escaped) {
        switch (next) {
            case '"' -> escaped.append("\\\"");
            case '\\' -> escaped.append("\\\\");
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> {
                if (next < ' ') {
                    escaped.append("\\u00").append((char) HEX[next >> 4]).append((char) HEX[next & 15]);
                } else {
                    escaped.append(next);
                }
            }
        }
    }

    byte[] done() {
        if (position != target.length) {
            throw new IllegalStateException(
                    "the event has %d bytes, %d were computed".formatted(position, target.length));
        }
        return target;
    }
}
