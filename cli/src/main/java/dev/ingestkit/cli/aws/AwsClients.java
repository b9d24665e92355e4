package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients for one target, each created on first use, so that a command pays only for the services that it
 * calls. Not thread-safe; the clients themselves are.
 */
public final class AwsClients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than any long poll, yet short enough to detect an endpoint that never answers within half a minute. */
    private static final Duration READ = Duration.ofSeconds(10);
    /** The longest time that Lambda lets a function run. */
    static final Duration INVOKE = Duration.ofMinutes(15);

    private final Target target;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<Class<?>, AutoCloseable> clients = new HashMap<>();
    private @Nullable SdkHttpClient http;
    private @Nullable AwsCredentialsProvider credentials;

    /** Creates the clients' holder; it connects to nothing yet. */
    public AwsClients(Target target) {
        this.target = requireNonNull(target, "target");
    }

    /** Returns the target that all clients use. */
    public Target target() {
        return target;
    }

    /** Returns the client of CloudFormation. */
    public CloudFormationClient cloudFormation() {
        return created(CloudFormationClient.class, () -> build(CloudFormationClient.builder()));
    }

    /** Returns the client of DynamoDB. */
    public DynamoDbClient dynamoDb() {
        return created(DynamoDbClient.class, () -> build(DynamoDbClient.builder()));
    }

    /** Returns the client of the streams of DynamoDB's tables. */
    public DynamoDbStreamsClient tableStreams() {
        return created(DynamoDbStreamsClient.class, () -> build(DynamoDbStreamsClient.builder()));
    }

    /** Returns the client of Kinesis. */
    public KinesisClient kinesis() {
        return created(KinesisClient.class, () -> build(KinesisClient.builder()));
    }

    /** Returns a client of Kinesis whose calls are made once, for callers that count their own attempts. */
    public KinesisClient kinesisWithoutRetries() {
        return build(
                KinesisClient.builder(),
                sharedHttp(),
                settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    /** Returns the client of Lambda, which waits as long as a function may run. */
    public LambdaClient lambda() {
        return created(LambdaClient.class, () -> build(LambdaClient.builder(), http(INVOKE)));
    }

    /** Returns the client of Secrets Manager. */
    public SecretsManagerClient secrets() {
        return created(SecretsManagerClient.class, () -> build(SecretsManagerClient.builder()));
    }

    /** Returns the client of SQS. */
    public SqsClient sqs() {
        return created(SqsClient.class, () -> build(SqsClient.builder()));
    }

    /** Returns the client of STS. */
    public StsClient sts() {
        return created(StsClient.class, () -> build(StsClient.builder()));
    }

    /** Returns a sender of requests that another program has composed. */
    public SignedCalls signedCalls() {
        return new SignedCalls(target, credentials());
    }

    private <C extends AutoCloseable> C created(Class<C> type, Supplier<C> maker) {
        AutoCloseable known = clients.get(type);
        if (known == null) {
            C client = maker.get();
            clients.put(type, client);
            return client;
        }
        return type.cast(known);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable> C build(
            B builder) {
        return build(builder, sharedHttp());
    }

    private SdkHttpClient sharedHttp() {
        SdkHttpClient shared = http;
        if (shared == null) {
            shared = http(READ);
            http = shared;
        }
        return shared;
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable> C build(
            B builder, SdkHttpClient client) {
        return build(builder, client, settings -> settings.retryStrategy(RetryMode.STANDARD));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable> C build(
            B builder, SdkHttpClient client, Consumer<ClientOverrideConfiguration.Builder> settings) {
        builder.region(Region.of(target.region()))
                .credentialsProvider(credentials())
                .httpClient(client)
                .overrideConfiguration(settings);
        target.endpoint().map(AwsClients::withoutSlash).ifPresent(builder::endpointOverride);
        C made = builder.build();
        open.push(made);
        return made;
    }

    private SdkHttpClient http(Duration timeout) {
        SdkHttpClient client = target.endpoint().filter(Loopback::isPlain).isPresent()
                ? UrlConnectionHttpClient.create(uri -> connect(uri, timeout))
                : UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(timeout)
                        .build();
        open.addLast(client);
        return client;
    }

    /**
     * Opens connections without the client's default socket setup, which reads the JDK's trust store for any URL: a
     * third of a short command's time. Plain HTTP on this machine needs neither that nor a proxy.
     */
    private static HttpURLConnection connect(URI uri, Duration timeout) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            return connection;
        } catch (IOException unusable) {
            throw new UncheckedIOException("cannot connect to " + uri, unusable);
        }
    }

    /** Returns dummy credentials except on AWS: no other endpoint checks signatures or should see real keys. */
    private AwsCredentialsProvider credentials() {
        AwsCredentialsProvider provider = credentials;
        if (provider == null) {
            provider = target.kind() == Target.Kind.AWS
                    ? target.profile()
                            .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                            .orElseGet(
                                    () -> DefaultCredentialsProvider.builder().build())
                    : StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
            credentials = provider;
        }
        return provider;
    }

    private static URI withoutSlash(URI endpoint) {
        String text = endpoint.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : endpoint;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (AutoCloseable client : open) {
            try {
                client.close();
            } catch (Exception thrown) {
                failure = new IllegalStateException("cannot close a client", thrown);
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
