package dev.ingestkit.core.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the digest that identifies a payload. */
public final class PayloadDigest {

    private PayloadDigest() {}

    /** Returns the SHA-256 of {@code payload}, 64 lower-case hexadecimal digits. */
    public static String sha256(byte[] payload) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM lacks SHA-256, which every Java platform must have", e);
        }
    }
}
