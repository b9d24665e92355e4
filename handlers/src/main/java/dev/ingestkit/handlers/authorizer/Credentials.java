package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A user name and a password of HTTP Basic authentication (RFC 7617).
 *
 * @param username without a colon
 * @param password may hold colons
 */
record Credentials(String username, String password) {

    private static final String SCHEME = "basic";

    Credentials {
        requireNonNull(username, "username");
        requireNonNull(password, "password");
    }

    /**
     * Reads the value of an Authorization header: the scheme in any letter case, one or more spaces, one token68 of
     * base64, in it UTF-8 text without control characters, split at its first colon.
     *
     * @return empty for anything else
     */
    static Optional<Credentials> parse(String headerValue) {
        String value = headerValue.strip();
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        int start = SCHEME.length();
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        if (start == SCHEME.length() || start == value.length()) {
            return Optional.empty();
        }
        return decode(value.substring(start)).flatMap(Credentials::split);
    }

    private static Optional<String> decode(String token) {
        try {
            byte[] bytes = Base64.getDecoder().decode(token);
            // A new decoder reports malformed input; String's constructor would replace it.
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Credentials> split(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || hasControlCharacter(text)) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    }

    private static boolean hasControlCharacter(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character < ' ' || character == 0x7F) {
                return true;
            }
        }
        return false;
    }

    /** Leaves the values out: this text may reach a log. */
    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
