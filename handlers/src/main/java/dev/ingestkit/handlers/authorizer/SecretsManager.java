package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one secret by {@code GetSecretValue}, the only action that this function needs. Not thread-safe; the owner
 * synchronizes its calls.
 */
final class SecretsManager implements SecretSource {

    private static final int ATTEMPTS = 2;

    private final String secretId;
    private final URI endpoint;
    private final RequestSigner signer;
    private final AwsCredentialsSource credentials;
    private final Map<String, String> environment;
    private final Clock clock;

    private SecretsManager(
            String secretId,
            URI endpoint,
            RequestSigner signer,
            AwsCredentialsSource credentials,
            Map<String, String> environment,
            Clock clock) {
        this.secretId = secretId;
        this.endpoint = endpoint;
        this.signer = signer;
        this.credentials = credentials;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * Returns the source of a secret.
     *
     * @param environment names region, endpoint and credentials as AWS SDKs read them
     * @throws IllegalStateException when there is no region or the endpoint is not an HTTP address
     */
    static SecretsManager from(String secretId, Map<String, String> environment, Clock clock) {
        requireNonNull(secretId, "secretId");
        String region = region(secretId, environment);
        return new SecretsManager(
                secretId,
                endpoint(region, environment),
                new RequestSigner(region, "secretsmanager"),
                new AwsCredentialsSource(environment, clock),
                environment,
                clock);
    }

    private static String region(String secretId, Map<String, String> environment) {
        if (secretId.startsWith("arn:")) {
            String[] parts = secretId.split(":", 5);
            if (parts.length == 5 && !parts[3].isEmpty()) {
                return parts[3];
            }
        }
        String region = environment.getOrDefault("AWS_REGION", environment.get("AWS_DEFAULT_REGION"));
        if (region == null) {
            throw new IllegalStateException("no region: SECRET_ARN is not an ARN, and AWS_REGION is not set");
        }
        return region;
    }

    private static URI endpoint(String region, Map<String, String> environment) {
        String text = environment.getOrDefault("AWS_ENDPOINT_URL_SECRETS_MANAGER", environment.get("AWS_ENDPOINT_URL"));
        if (text == null || text.isEmpty()) {
            String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
            return URI.create("https://secretsmanager." + region + suffix + "/");
        }
        URI endpoint = URI.create(text.endsWith("/") ? text : text + "/");
        if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).startsWith("http")) {
            throw new IllegalStateException("the endpoint must be http://HOST or https://HOST, found '" + text + "'");
        }
        return endpoint;
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public Optional<Version> version(Stage stage) {
        HttpExchange.Answer answer =
                call("{\"SecretId\":" + JsonText.quote(secretId) + ",\"VersionStage\":\"" + stage + "\"}");
        JsonObject members = parse(answer);
        if (answer.status() == 200) {
            return Optional.of(read(members));
        }
        String error = members.string("__type").orElse("");
        if (error.endsWith("ResourceNotFoundException")) {
            return Optional.empty();
        }
        throw new SecretUnavailableException("GetSecretValue of '" + secretId + "' at " + endpoint + " answered "
                + answer.status() + " " + error + ": "
                + members.string("message").or(() -> members.string("Message")).orElse("no message"));
    }

    @Override
    public void forget() {
        credentials.forget();
    }

    private JsonObject parse(HttpExchange.Answer answer) {
        try {
            return JsonObject.parse(answer.body());
        } catch (JsonSyntaxException malformed) {
            throw new SecretUnavailableException("GetSecretValue at " + endpoint + " answered " + answer.status()
                    + " and " + malformed.getMessage());
        }
    }

    private Version read(JsonObject members) {
        String secret = members.string("SecretString")
                .orElseThrow(() -> new SecretUnavailableException(
                        "the secret '" + secretId + "' is binary; it must be text: {\"username\":…,\"password\":…}"));
        Instant createdAt = members.number("CreatedDate")
                .map(SecretsManager::instant)
                .orElseThrow(() -> new SecretUnavailableException("GetSecretValue's answer has no CreatedDate"));
        return new Version(secret, createdAt);
    }

    private static Instant instant(BigDecimal epochSeconds) {
        return Instant.ofEpochMilli(epochSeconds.movePointRight(3).longValue());
    }

    /** Retries once, immediately, where that may help: a client is waiting, so there is no time to back off. */
    private HttpExchange.Answer call(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        HttpExchange.@Nullable Answer answer = null;
        IOException failure = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                answer = send(body);
                failure = null;
                if (!retryable(answer)) {
                    return answer;
                }
            } catch (IOException noAnswer) {
                failure = noAnswer;
            }
        }
        if (failure != null || answer == null) {
            throw new SecretUnavailableException("Secrets Manager at " + endpoint + " does not answer", failure);
        }
        return answer;
    }

    private HttpExchange.Answer send(byte[] body) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", "application/x-amz-json-1.1");
        headers.put("x-amz-target", "secretsmanager.GetSecretValue");
        headers = signer.sign("POST", endpoint, headers, body, credentials.credentials(), clock.instant());
        String trace = traceHeader();
        if (trace != null) {
            headers.put("x-amzn-trace-id", trace);
        }
        return HttpExchange.send("POST", endpoint, headers, body);
    }

    /**
     * The name of the current invocation's trace id: a system property since Java 17, an environment variable before.
     */
    private @Nullable String traceHeader() {
        return System.getProperty("com.amazonaws.xray.traceHeader", environment.get("_X_AMZN_TRACE_ID"));
    }

    private static boolean retryable(HttpExchange.Answer answer) {
        return answer.status() >= 500
                || answer.status() == 429
                || new String(answer.body(), StandardCharsets.UTF_8).contains("ThrottlingException");
    }
}
