package dev.ingestkit.local.template.spec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Creates ids in AWS's formats that are the same at every start, where AWS draws them at random. */
public final class StableIds {

    private StableIds() {}

    public static String uuid(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Lower-case letters and digits. */
    public static String alphanumeric(int length, String... parts) {
        byte[] digest = sha256(String.join("\n", parts));
        String digits = new BigInteger(1, digest).toString(36);
        return "0".repeat(Math.max(0, length - digits.length()))
                + digits.substring(0, Math.min(length, digits.length()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
