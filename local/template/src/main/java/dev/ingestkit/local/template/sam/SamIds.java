package dev.ingestkit.local.template.sam;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The parts of logical ids that SAM generates. */
final class SamIds {

    private static final int HASH_LENGTH = 10;

    private SamIds() {}

    /** Returns whether a text can be a part of a logical id. */
    static boolean isPlain(String text) {
        return text.matches("[A-Za-z0-9]+");
    }

    /** Returns the first ten characters of a text's SHA-1. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
