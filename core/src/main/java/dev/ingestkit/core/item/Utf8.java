package dev.ingestkit.core.item;

/** Measures text in UTF-8 without encoding it. */
final class Utf8 {

    private Utf8() {}

    /**
     * Returns the length of {@code text} in bytes of UTF-8. A lone surrogate counts as three, like the replacement
     * character.
     */
    static int length(String text) {
        int length = text.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                bytes += 2;
                if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                }
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }

    /** Returns whether every surrogate in {@code text} has its partner, so that UTF-8 can hold the text. */
    static boolean canEncode(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
