package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** The source of the secret. */
interface SecretSource {

    /** A label that Secrets Manager moves between a secret's versions on rotation. */
    enum Stage {
        AWSCURRENT,
        AWSPREVIOUS
    }

    /**
     * One version of the secret.
     *
     * @param createdAt when the version was made: for AWSCURRENT, when the rotation began
     */
    record Version(String secretString, Instant createdAt) {
        public Version {
            requireNonNull(secretString, "secretString");
            requireNonNull(createdAt, "createdAt");
        }

        /** Leaves the secret out: this text may reach a log. */
        @Override
        public String toString() {
            return "Version[createdAt=" + createdAt + "]";
        }
    }

    /**
     * Returns a version of the secret.
     *
     * @return empty when the secret or a version in that stage does not exist
     * @throws SecretUnavailableException when it cannot be read
     */
    Optional<Version> version(Stage stage);

    /** Drops the function's own credentials that signed the calls. */
    void forget();
}
