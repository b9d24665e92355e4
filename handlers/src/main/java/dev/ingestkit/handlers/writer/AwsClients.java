package dev.ingestkit.handlers.writer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Creates the SDK's clients. A call is tried three times within six seconds, far below the function's timeout: a call
 * that still fails is reported, and the mapping retries the batch. The waits between attempts are set here, so that they
 * change neither with the SDK's defaults nor with the function's environment.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry behavior</a>
 */
final class AwsClients {

    private static final Duration CALL = Duration.ofSeconds(6);
    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;
    private static final BackoffStrategy AFTER_ERROR =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofSeconds(1));
    private static final BackoffStrategy AFTER_THROTTLING =
            BackoffStrategy.exponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(2));

    private AwsClients() {}

    static DynamoDbClient dynamoDb(int concurrency) {
        keepConnections(concurrency);
        return dynamoDb(httpClient("AWS_ENDPOINT_URL_DYNAMODB"));
    }

    static DynamoDbClient dynamoDb(SdkHttpClient http) {
        return DynamoDbClient.builder()
                .credentialsProvider(credentials())
                .overrideConfiguration(AwsClients::bounded)
                .httpClient(http)
                .build();
    }

    static SqsClient sqs() {
        return SqsClient.builder()
                .credentialsProvider(credentials())
                .overrideConfiguration(AwsClients::bounded)
                .httpClient(httpClient("AWS_ENDPOINT_URL_SQS"))
                .build();
    }

    /**
     * Keeps an idle connection for each call in flight: by default the JDK keeps five per host, and every further
     * writer would pay for a handshake.
     */
    private static void keepConnections(int concurrency) {
        if (System.getProperty("http.maxConnections") == null) {
            System.setProperty("http.maxConnections", Integer.toString(concurrency));
        }
    }

    /**
     * Returns an HTTP client; for an endpoint without TLS it skips reading the trust store, which is a tenth of a cold
     * start.
     */
    private static SdkHttpClient httpClient(String endpointVariable) {
        return isPlain(System.getenv(), endpointVariable)
                ? UrlConnectionHttpClient.create(AwsClients::connection)
                : UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ATTEMPT)
                        .build();
    }

    /**
     * Returns whether the environment names an endpoint without TLS, as AWS SDKs read it: the service's own variable
     * takes precedence.
     */
    static boolean isPlain(Map<String, String> environment, String endpointVariable) {
        String endpoint = environment.getOrDefault(endpointVariable, environment.get("AWS_ENDPOINT_URL"));
        return endpoint != null && endpoint.toLowerCase(Locale.ROOT).startsWith("http://");
    }

    private static HttpURLConnection connection(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) ATTEMPT.toMillis());
            return connection;
        } catch (IOException malformed) {
            throw new UncheckedIOException("no connection to " + uri, malformed);
        }
    }

    /** The connection's own timeouts bound an attempt; a timer for each would cost more than it adds. */
    private static void bounded(ClientOverrideConfiguration.Builder configuration) {
        configuration.apiCallTimeout(CALL).retryStrategy(retries());
    }

    /**
     * Returns the standard mode, whose quota of retries keeps an invocation short when every call fails. The waits are
     * the ones of AWS's rules of 2026 for DynamoDB; a throttled call waits three seconds at most.
     */
    static StandardRetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .backoffStrategy(AFTER_ERROR)
                .throttlingBackoffStrategy(AFTER_THROTTLING)
                .build();
    }

    /**
     * Except under SnapStart, Lambda passes credentials in the environment; the full provider chain would slow a cold
     * start.
     */
    private static AwsCredentialsProvider credentials() {
        return System.getenv("AWS_ACCESS_KEY_ID") == null
                ? DefaultCredentialsProvider.builder().build()
                : EnvironmentVariableCredentialsProvider.create();
    }
}
