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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients for one target, each made when it is first asked for: a command pays only for what it calls. Used by
 * one thread; the clients themselves are thread-safe.
 */
public final class AwsClients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than any long poll; short enough that an endpoint which never answers is found out within half a minute. */
    private static final Duration READ = Duration.ofSeconds(10);
    /** A function may take so long to answer. */
    private static final Duration INVOKE = Duration.ofMinutes(15);

    private final Target target;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<Class<?>, AutoCloseable> clients = new HashMap<>();
    private @Nullable SdkHttpClient http;
    private @Nullable AwsCredentialsProvider credentials;

    public AwsClients(Target target) {
        this.target = requireNonNull(target, "target");
    }

    public Target target() {
        return target;
    }

    public CloudFormationClient cloudFormation() {
        return made(CloudFormationClient.class, () -> build(CloudFormationClient.builder()));
    }

    public DynamoDbClient dynamoDb() {
        return made(DynamoDbClient.class, () -> build(DynamoDbClient.builder()));
    }

    public KinesisClient kinesis() {
        return made(KinesisClient.class, () -> build(KinesisClient.builder()));
    }

    public LambdaClient lambda() {
        return made(LambdaClient.class, () -> build(LambdaClient.builder(), http(INVOKE)));
    }

    public SecretsManagerClient secrets() {
        return made(SecretsManagerClient.class, () -> build(SecretsManagerClient.builder()));
    }

    public SqsClient sqs() {
        return made(SqsClient.class, () -> build(SqsClient.builder()));
    }

    public StsClient sts() {
        return made(StsClient.class, () -> build(StsClient.builder()));
    }

    private <C extends AutoCloseable> C made(Class<C> type, Supplier<C> maker) {
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
        SdkHttpClient shared = http;
        if (shared == null) {
            shared = http(READ);
            http = shared;
        }
        return build(builder, shared);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable> C build(
            B builder, SdkHttpClient client) {
        builder.region(Region.of(target.region()))
                .credentialsProvider(credentials())
                .httpClient(client)
                .overrideConfiguration(settings -> settings.retryStrategy(RetryMode.STANDARD));
        target.endpoint().map(AwsClients::withoutSlash).ifPresent(builder::endpointOverride);
        C made = builder.build();
        open.push(made);
        return made;
    }

    private SdkHttpClient http(Duration patience) {
        SdkHttpClient client = target.endpoint().filter(Loopback::isPlain).isPresent()
                ? UrlConnectionHttpClient.create(uri -> connect(uri, patience))
                : UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(patience)
                        .build();
        open.addLast(client);
        return client;
    }

    /**
     * The client's own connections read the JDK's trust store first, whatever the URL: a third of a short command's time.
     * Plain HTTP on this machine needs neither that nor a proxy.
     */
    private static HttpURLConnection connect(URI uri, Duration patience) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) patience.toMillis());
            return connection;
        } catch (IOException unusable) {
            throw new UncheckedIOException("cannot connect to " + uri, unusable);
        }
    }

    /** Other endpoints check no signature; dummy credentials keep a developer's real ones away from them. */
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
