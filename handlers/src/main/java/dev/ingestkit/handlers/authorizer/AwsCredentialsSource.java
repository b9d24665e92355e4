package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function's own AWS credentials. On Lambda they are in the environment; under SnapStart, where an environment
 * would outlive them, a container credentials endpoint provides them. Not thread-safe; the owner synchronizes its
 * calls.
 */
final class AwsCredentialsSource {

    private static final Duration RENEW_BEFORE_EXPIRY = Duration.ofMinutes(2);

    private final Map<String, String> environment;
    private final Clock clock;
    private @Nullable AwsCredentials cached;
    private Instant cachedUntil = Instant.MIN;

    AwsCredentialsSource(Map<String, String> environment, Clock clock) {
        this.environment = requireNonNull(environment, "environment");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Returns credentials that are valid now.
     *
     * @throws IOException when the endpoint does not return any
     * @throws SecretUnavailableException when the environment names neither credentials nor an endpoint
     */
    AwsCredentials credentials() throws IOException {
        String accessKeyId = environment.get("AWS_ACCESS_KEY_ID");
        String secretAccessKey = environment.get("AWS_SECRET_ACCESS_KEY");
        if (accessKeyId != null && secretAccessKey != null) {
            return new AwsCredentials(accessKeyId, secretAccessKey, environment.get("AWS_SESSION_TOKEN"));
        }
        AwsCredentials known = cached;
        if (known != null && clock.instant().isBefore(cachedUntil)) {
            return known;
        }
        return fetch();
    }

    void forget() {
        cached = null;
        cachedUntil = Instant.MIN;
    }

    private AwsCredentials fetch() throws IOException {
        String text = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (text == null) {
            throw new SecretUnavailableException("no AWS credentials: neither AWS_ACCESS_KEY_ID with"
                    + " AWS_SECRET_ACCESS_KEY nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set");
        }
        URI uri = trusted(URI.create(text));
        HttpExchange.Answer answer = HttpExchange.send("GET", uri, authorization(), null);
        if (answer.status() != 200) {
            throw new IOException("the credentials endpoint " + uri + " answered " + answer.status());
        }
        return keep(JsonObject.parse(answer.body()));
    }

    private AwsCredentials keep(JsonObject answer) {
        AwsCredentials fetched = new AwsCredentials(
                member(answer, "AccessKeyId"),
                member(answer, "SecretAccessKey"),
                answer.string("Token").orElse(null));
        cachedUntil = answer.string("Expiration")
                .map(Instant::parse)
                .map(expiry -> expiry.minus(RENEW_BEFORE_EXPIRY))
                .orElse(Instant.MIN);
        cached = fetched;
        return fetched;
    }

    private static String member(JsonObject answer, String name) {
        return answer.string(name)
                .orElseThrow(() -> new SecretUnavailableException("the credentials endpoint's answer has no " + name));
    }

    private Map<String, String> authorization() throws IOException {
        Map<String, String> headers = new HashMap<>();
        String token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        String file = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        if (file != null) {
            token = Files.readString(Path.of(file)).strip();
        }
        if (token != null) {
            headers.put("Authorization", token);
        }
        return headers;
    }

    /**
     * Returns an address that may receive the token: plain HTTP is allowed only to this machine and AWS's link-local
     * addresses, as in the AWS SDKs.
     */
    private static URI trusted(URI uri) {
        String host = String.valueOf(uri.getHost());
        boolean local = host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("localhost")
                || host.equals("[::1]")
                || host.equals("169.254.170.2")
                || host.equals("169.254.170.23")
                || host.equalsIgnoreCase("[fd00:ec2::23]");
        if (!"https".equals(uri.getScheme()) && !local) {
            throw new SecretUnavailableException(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI must be https or name this machine, found '" + uri + "'");
        }
        return uri;
    }
}
