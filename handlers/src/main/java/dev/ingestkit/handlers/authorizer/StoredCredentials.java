package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * One version of the secret, kept as digests, so that the password itself does not stay in memory.
 *
 * @param createdAt when the version was made
 */
record StoredCredentials(byte[] usernameDigest, byte[] passwordDigest, Instant createdAt) {

    StoredCredentials {
        requireNonNull(usernameDigest, "usernameDigest");
        requireNonNull(passwordDigest, "passwordDigest");
        requireNonNull(createdAt, "createdAt");
    }

    /**
     * Reads the credentials in a version of the secret.
     *
     * @throws SecretUnavailableException when the secret is not {@code {"username":…,"password":…}} with a user name
     *     that Basic authentication can carry. The message has no part of the secret
     */
    static StoredCredentials of(SecretSource.Version version) {
        JsonObject secret;
        try {
            secret = JsonObject.parse(version.secretString());
        } catch (JsonSyntaxException malformed) {
            throw new SecretUnavailableException("the secret must be a JSON object: " + malformed.getMessage());
        }
        String username = member(secret, "username");
        if (username.indexOf(':') >= 0) {
            throw new SecretUnavailableException(
                    "the secret's username has a colon, which Basic authentication cannot carry (RFC 7617)");
        }
        return new StoredCredentials(digest(username), digest(member(secret, "password")), version.createdAt());
    }

    private static String member(JsonObject secret, String name) {
        return secret.string(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new SecretUnavailableException("the secret has no text under '" + name + "'"));
    }

    /** Compares both fields always, in time that depends on neither. */
    boolean matches(Credentials presented) {
        boolean sameUser = MessageDigest.isEqual(usernameDigest, digest(presented.username()));
        boolean samePassword = MessageDigest.isEqual(passwordDigest, digest(presented.password()));
        return sameUser && samePassword;
    }

    private static byte[] digest(String text) {
        return Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
