package dev.ingestkit.handlers.authorizer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * SHA-256 and its HMAC (RFC 2104). The digest is the JDK's. Its Mac is not used: the first one loads the JDK's whole
 * cryptography, providers for TLS and elliptic curves included, which is a tenth of a cold start.
 */
final class Sha256 {

    private static final String HEX = "0123456789abcdef";
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private Sha256() {}

    static byte[] digest(byte[] bytes) {
        return sha256().digest(bytes);
    }

    static byte[] hmac(byte[] key, byte[] message) {
        byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? digest(key) : key, BLOCK_BYTES);
        return padded(block, OUTER_PAD, padded(block, INNER_PAD, message));
    }

    private static byte[] padded(byte[] block, byte pad, byte[] message) {
        MessageDigest digest = sha256();
        for (byte each : block) {
            digest.update((byte) (each ^ pad));
        }
        return digest.digest(message);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this JDK has no SHA-256", impossible);
        }
    }

    static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder(bytes.length * 2);
        for (byte each : bytes) {
            hex.append(HEX.charAt((each >> 4) & 0xF)).append(HEX.charAt(each & 0xF));
        }
        return hex.toString();
    }
}
