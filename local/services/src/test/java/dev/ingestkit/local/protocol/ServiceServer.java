package dev.ingestkit.local.protocol;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Services behind a real port, and AWS's clients for them. Closing the server closes the clients. */
public final class ServiceServer implements AutoCloseable {

    private final HttpServer server;
    private final Deque<SdkClient> opened = new ArrayDeque<>();

    private ServiceServer(HttpServer server) {
        this.server = server;
    }

    public static ServiceServer start(AwsService... services) {
        return start(ServiceRouter.builder().services(List.of(services)).build());
    }

    public static ServiceServer start(HttpHandler handler) {
        return start(HttpServerConfig.loopback(0), handler);
    }

    public static ServiceServer start(HttpServerConfig config, HttpHandler handler) {
        HttpServerConfig quick =
                config.withTimeouts(config.timeouts().idle(), config.timeouts().request(), Duration.ZERO);
        return new ServiceServer(HttpServer.start(quick, handler));
    }

    public int port() {
        return server.port();
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + server.port());
    }

    /** Returns a client that uses CBOR, its default. */
    public KinesisClient kinesis() {
        return open(KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    /** Returns a client that uses CBOR over HTTP/2 with prior knowledge, its default. */
    public KinesisAsyncClient kinesisAsync() {
        return open(KinesisAsyncClient.builder().httpClientBuilder(NettyNioAsyncHttpClient.builder()));
    }

    public DynamoDbClient dynamoDb() {
        return open(DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    public SqsClient sqs() {
        return open(SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    public SecretsManagerClient secrets() {
        return open(SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    public StsClient sts() {
        return open(StsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    public CloudFormationClient cloudFormation() {
        return open(CloudFormationClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    /** Returns any other client, with endpoint, region and credentials set. */
    public <C extends SdkClient> C open(AwsClientBuilder<?, C> builder) {
        C client = builder.endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(
                        each -> each.retryStrategy(RetryMode.STANDARD).apiCallTimeout(Duration.ofSeconds(60)))
                .build();
        opened.push(client);
        return client;
    }

    @Override
    public void close() {
        for (SdkClient client : opened) {
            client.close();
        }
        server.close();
    }
}
