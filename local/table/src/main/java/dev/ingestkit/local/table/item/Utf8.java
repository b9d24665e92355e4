package dev.ingestkit.local.table.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compares text with its UTF-8 form without converting either to the other. Stateless. */
final class Utf8 {
    private Utf8() {}

    static boolean equals(byte[] bytes, int from, int length, String text) {
        int chars = text.length();
        if (length < chars) {
            return false;
        }
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                return Arrays.equals(bytes, from, from + length, encoded, 0, encoded.length);
            }
            if (bytes[from + i] != c) {
                return false;
            }
        }
        return length == chars;
    }

    /** Returns the number of bytes of the text. */
    static int length(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return length;
    }
}
