package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in the function's environment.
 *
 * @param secretId the secret's ARN or name ({@code SECRET_ARN})
 * @param realm the protection space, passed to access logs and templates ({@code REALM})
 * @param timeToLive how long a fetched secret is trusted, and so how long a revoked one may still be accepted
 *     ({@code SECRET_TTL_SECONDS})
 * @param refreshInterval wrong credentials cause at most one fetch per interval ({@code SECRET_REFRESH_SECONDS})
 * @param previousGrace how long after a rotation the previous secret is accepted ({@code PREVIOUS_GRACE_SECONDS})
 */
record AuthorizerConfig(
        String secretId, String realm, Duration timeToLive, Duration refreshInterval, Duration previousGrace) {

    static final String DEFAULT_REALM = "submit";
    static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofMinutes(5);
    static final Duration DEFAULT_REFRESH_INTERVAL = Duration.ofSeconds(10);
    static final Duration DEFAULT_PREVIOUS_GRACE = Duration.ofHours(1);

    AuthorizerConfig {
        requireNonNull(secretId, "secretId");
        requireNonNull(realm, "realm");
        requireNonNull(timeToLive, "timeToLive");
        requireNonNull(refreshInterval, "refreshInterval");
        requireNonNull(previousGrace, "previousGrace");
    }

    /**
     * Reads the configuration from the environment.
     *
     * @throws IllegalStateException when SECRET_ARN is missing or a duration is not a whole number of seconds from 0 to
     *     31,536,000
     */
    static AuthorizerConfig from(Map<String, String> environment) {
        String secretId = environment.getOrDefault("SECRET_ARN", "");
        if (secretId.isEmpty()) {
            throw new IllegalStateException(
                    "SECRET_ARN is not set: give the function the ARN of the secret that holds username and password");
        }
        return new AuthorizerConfig(
                secretId,
                environment.getOrDefault("REALM", DEFAULT_REALM),
                seconds(environment, "SECRET_TTL_SECONDS", DEFAULT_TIME_TO_LIVE),
                seconds(environment, "SECRET_REFRESH_SECONDS", DEFAULT_REFRESH_INTERVAL),
                seconds(environment, "PREVIOUS_GRACE_SECONDS", DEFAULT_PREVIOUS_GRACE));
    }

    private static Duration seconds(Map<String, String> environment, String name, Duration otherwise) {
        String text = environment.get(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            long seconds = Long.parseLong(text);
            if (seconds >= 0 && seconds <= 31_536_000) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(name, text, notANumber);
        }
        throw invalid(name, text, null);
    }

    private static IllegalStateException invalid(String name, String text, @Nullable Throwable cause) {
        return new IllegalStateException(
                name + " must be a whole number of seconds from 0 to 31536000, found '" + text + "'", cause);
    }
}
