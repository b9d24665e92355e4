package dev.ingestkit.handlers.writer;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The SDK's clients. A call is tried three times within six seconds, far below the function's time: what still fails
 * is reported, and the mapping tries again.
 */
final class AwsClients {

    private static final Duration CALL = Duration.ofSeconds(6);
    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;

    private AwsClients() {}

    static DynamoDbClient dynamoDb(int concurrency) {
        keepConnections(concurrency);
        return DynamoDbClient.builder()
                .credentialsProvider(credentials())
                .overrideConfiguration(AwsClients::bounded)
                .httpClientBuilder(httpClient())
                .build();
    }

    static SqsClient sqs() {
        return SqsClient.builder()
                .credentialsProvider(credentials())
                .overrideConfiguration(AwsClients::bounded)
                .httpClientBuilder(httpClient())
                .build();
    }

    /** The JDK keeps five idle connections a host unless told; every further writer would pay for a handshake. */
    private static void keepConnections(int concurrency) {
        if (System.getProperty("http.maxConnections") == null) {
            System.setProperty("http.maxConnections", Integer.toString(concurrency));
        }
    }

    private static UrlConnectionHttpClient.Builder httpClient() {
        return UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ATTEMPT);
    }

    private static void bounded(ClientOverrideConfiguration.Builder configuration) {
        configuration
                .apiCallTimeout(CALL)
                .apiCallAttemptTimeout(ATTEMPT)
                .retryStrategy(strategy -> strategy.maxAttempts(ATTEMPTS));
    }

    /** Lambda gives credentials in the environment, but for SnapStart; the whole chain costs time at a cold start. */
    private static AwsCredentialsProvider credentials() {
        return System.getenv("AWS_ACCESS_KEY_ID") == null
                ? DefaultCredentialsProvider.builder().build()
                : EnvironmentVariableCredentialsProvider.create();
    }
}
