package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The credentials that a request is signed with.
 *
 * @param sessionToken null for credentials without a session
 */
record AwsCredentials(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken) {

    AwsCredentials {
        requireNonNull(accessKeyId, "accessKeyId");
        requireNonNull(secretAccessKey, "secretAccessKey");
    }

    /** Leaves the secret parts out: this text may reach a log. */
    @Override
    public String toString() {
        return "AwsCredentials[" + accessKeyId + "]";
    }
}
