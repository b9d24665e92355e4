package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsManagerTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:name-AbCdEf";

    @Test
    void defaultEndpointIsInTheSecretsRegion() {
        assertThat(endpoint(ARN, Map.of("AWS_REGION", "us-east-1")))
                .isEqualTo("https://secretsmanager.eu-west-1.amazonaws.com/");
        assertThat(endpoint("name", Map.of("AWS_REGION", "us-east-1")))
                .isEqualTo("https://secretsmanager.us-east-1.amazonaws.com/");
        assertThat(endpoint("name", Map.of("AWS_DEFAULT_REGION", "cn-north-1")))
                .isEqualTo("https://secretsmanager.cn-north-1.amazonaws.com.cn/");
    }

    @Test
    void serviceEndpointTakesPrecedenceOverTheCommonOne() {
        assertThat(endpoint(ARN, Map.of("AWS_ENDPOINT_URL", "http://localhost:4566")))
                .isEqualTo("http://localhost:4566/");
        assertThat(endpoint(
                        ARN,
                        Map.of(
                                "AWS_ENDPOINT_URL", "http://localhost:4566",
                                "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://localhost:4567/")))
                .isEqualTo("http://localhost:4567/");
    }

    @Test
    void missingRegionAndBrokenEndpointAreRefused() {
        assertThatIllegalStateException().isThrownBy(() -> endpoint("name", Map.of()));
        assertThatIllegalStateException()
                .isThrownBy(() -> endpoint(ARN, Map.of("AWS_ENDPOINT_URL", "localhost:4566")))
                .withMessageContaining("localhost:4566");
    }

    @Test
    void containerCredentialsAreFetchedWithTheirTokenAndKeptUntilTheyExpire() throws IOException {
        MutableClock clock = new MutableClock(Instant.parse("2026-11-01T10:00:00Z"));
        Queue<String> tokens = new ConcurrentLinkedQueue<>();
        try (CredentialsEndpoint endpoint = new CredentialsEndpoint(tokens)) {
            AwsCredentialsSource source = new AwsCredentialsSource(endpoint.environment(), clock);

            assertThat(source.credentials()).isEqualTo(new AwsCredentials("AKID", "key", "session"));
            clock.advance(Duration.ofMinutes(57));
            source.credentials();
            assertThat(tokens).containsExactly("container token");

            clock.advance(Duration.ofMinutes(1));
            source.credentials();
            assertThat(tokens).hasSize(2);
        }
    }

    @Test
    void forgottenContainerCredentialsAreFetchedAgain() throws IOException {
        Queue<String> tokens = new ConcurrentLinkedQueue<>();
        try (CredentialsEndpoint endpoint = new CredentialsEndpoint(tokens)) {
            AwsCredentialsSource source = new AwsCredentialsSource(
                    endpoint.environment(), new MutableClock(Instant.parse("2026-11-01T10:00:00Z")));
            source.credentials();

            source.forget();
            source.credentials();

            assertThat(tokens).hasSize(2);
        }
    }

    @Test
    void environmentCredentialsTakePrecedenceOverTheContainers() throws IOException {
        Map<String, String> environment = Map.of(
                "AWS_ACCESS_KEY_ID", "AKID",
                "AWS_SECRET_ACCESS_KEY", "key",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/never");

        assertThat(new AwsCredentialsSource(environment, Clock.systemUTC()).credentials())
                .isEqualTo(new AwsCredentials("AKID", "key", null))
                .hasToString("AwsCredentials[AKID]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/credentials",
                "http://127.0.0.1.example.com/",
                "http://169.254.169.254/latest"
            })
    void containerTokenIsNotSentInTheClearToAnotherMachine(String uri) {
        AwsCredentialsSource source =
                new AwsCredentialsSource(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri), Clock.systemUTC());

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(source::credentials)
                .withMessageContaining(uri);
    }

    @Test
    void missingCredentialsAreNamed() {
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> new AwsCredentialsSource(Map.of(), Clock.systemUTC()).credentials())
                .withMessageContaining("AWS_ACCESS_KEY_ID");
    }

    private static String endpoint(String secretId, Map<String, String> environment) {
        return SecretsManager.from(secretId, environment, Clock.systemUTC())
                .endpoint()
                .toString();
    }

    /** Serves as Lambda's credentials endpoint under SnapStart. */
    private static final class CredentialsEndpoint implements AutoCloseable {

        private final HttpServer server;

        CredentialsEndpoint(Queue<String> tokens) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/credentials", exchange -> {
                tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] answer = """
                    {"AccessKeyId":"AKID","SecretAccessKey":"key","Token":"session",
                     "Expiration":"2026-11-01T11:00:00Z"}\
                    """.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
        }

        Map<String, String> environment() {
            return Map.of(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/credentials",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                    "container token");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
