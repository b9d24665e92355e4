package dev.ingestkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encodes one path segment (RFC 3986): every character except the unreserved ones. */
final class PathSegment {

    private static final String UNRESERVED = "-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PathSegment() {}

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xFF);
            boolean letterOrDigit = character < 128 && Character.isLetterOrDigit(character);
            if (letterOrDigit || UNRESERVED.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}
