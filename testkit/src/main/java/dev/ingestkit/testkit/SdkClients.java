package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;

/**
 * Clients of the AWS SDK for a stack, one of each type, closed with it. The SDK is the test's own: this class is loaded
 * only where a test asks for a client. Thread-safe.
 */
final class SdkClients implements AutoCloseable {

    private final URI endpoint;
    private final String region;
    private final Map<Class<?>, SdkClient> clients = new HashMap<>();

    SdkClients(URI endpoint, String region) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.region = requireNonNull(region, "region");
    }

    /** Returns whether a type is a client of a service, such as {@code DynamoDbClient} or {@code KinesisAsyncClient}. */
    static boolean isClient(Class<?> type) {
        return type.isInterface() && type != SdkClient.class && SdkClient.class.isAssignableFrom(type);
    }

    synchronized <T> T client(Class<T> type) {
        if (!isClient(type)) {
            throw new IllegalArgumentException(
                    "'%s' is not a client of the AWS SDK for Java 2".formatted(type.getName()));
        }
        return type.cast(clients.computeIfAbsent(type, this::create));
    }

    private SdkClient create(Class<?> type) {
        try {
            AwsClientBuilder<?, ?> builder = (AwsClientBuilder<?, ?>)
                    requireNonNull(type.getMethod("builder").invoke(null));
            builder.endpointOverride(endpoint);
            builder.region(Region.of(region));
            builder.overrideConfiguration(options -> options.addExecutionInterceptor(new TraceHeader()));
            builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
            for (Method method : builder.getClass().getMethods()) {
                // A bucket's name in the host would need a name server.
                if (method.getName().equals("forcePathStyle") && !method.isBridge()) {
                    method.setAccessible(true);
                    method.invoke(builder, true);
                }
            }
            return (SdkClient) builder.build();
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException failed) {
            throw new IllegalStateException("a client '%s' cannot be built".formatted(type.getName()), failed);
        }
    }

    @Override
    public synchronized void close() {
        List<SdkClient> open = new ArrayList<>(clients.values());
        clients.clear();
        open.forEach(SdkClient::close);
    }
}
