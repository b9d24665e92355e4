package dev.ingestkit.contract;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack with the pipeline deployed: the one that runs at {@code INGEST_ENDPOINT}, else a container that is started
 * here from the repository's hooks and template, as Docker Compose does. To be closed by whoever opened it.
 */
final class LocalStackServer implements AutoCloseable {

    private static final String ENDPOINT = "INGEST_ENDPOINT";
    private static final String IMAGE = "localstack/localstack:4.14.0";
    private static final String SERVICES =
            "apigateway,cloudformation,cloudwatch,dynamodb,iam,kinesis,lambda,logs,s3,secretsmanager,sqs,ssm,sts";

    private final URI endpoint;
    private final Optional<LocalStackContainer> container;
    private final Optional<Network> network;

    private LocalStackServer(URI endpoint, Optional<LocalStackContainer> container, Optional<Network> network) {
        this.endpoint = endpoint;
        this.container = container;
        this.network = network;
    }

    /** Finds or starts it; the tests are skipped, and say so, where neither is possible. */
    static LocalStackServer open() {
        String running = System.getenv(ENDPOINT);
        if (running != null && !running.isBlank()) {
            return new LocalStackServer(URI.create(running), Optional.empty(), Optional.empty());
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new TestAbortedException("skipped: no Docker here; start Docker, or name a LocalStack that runs: "
                    + ENDPOINT + "=http://localhost:4566");
        }
        return start();
    }

    private static LocalStackServer start() {
        Network network = Network.newNetwork();
        LocalStackContainer container = container(network);
        container.start();
        return new LocalStackServer(container.getEndpoint(), Optional.of(container), Optional.of(network));
    }

    @SuppressWarnings("resource") // closed by close()
    private static LocalStackContainer container(Network network) {
        Path root = EmbeddedStack.root();
        return new LocalStackContainer(DockerImageName.parse(IMAGE))
                .withNetwork(network)
                .withEnv("SERVICES", SERVICES)
                .withEnv("EAGER_SERVICE_LOADING", "1")
                .withEnv("LAMBDA_DOCKER_NETWORK", network.getId())
                .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "90")
                .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
                .withEnv("LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC", "0.05")
                .withEnv("KINESIS_LATENCY", "0")
                .withEnv("DYNAMODB_IN_MEMORY", "1")
                .withEnv("SQS_ENDPOINT_STRATEGY", "path")
                .withEnv("SKIP_SSL_CERT_DOWNLOAD", "1")
                .withEnv("DISABLE_EVENTS", "1")
                .withEnv("INGEST_HOOKS", "on")
                .withEnv("INGEST_STACK", "ingest-kit")
                .withFileSystemBind("/var/run/docker.sock", "/var/run/docker.sock", BindMode.READ_WRITE)
                .withFileSystemBind(path(root, "localstack-init"), "/kit/localstack-init", BindMode.READ_ONLY)
                .withFileSystemBind(
                        path(root, "localstack-init/start.d"), "/etc/localstack/init/start.d", BindMode.READ_ONLY)
                .withFileSystemBind(
                        path(root, "localstack-init/ready.d"), "/etc/localstack/init/ready.d", BindMode.READ_ONLY)
                .withFileSystemBind(path(root, "template.yaml"), "/kit/template.yaml", BindMode.READ_ONLY)
                .withFileSystemBind(path(root, "handlers/target"), "/kit/handlers/target", BindMode.READ_ONLY)
                .waitingFor(Wait.forSuccessfulCommand("python3 /kit/localstack-init/health.py")
                        .withStartupTimeout(Duration.ofMinutes(5)));
    }

    private static String path(Path root, String relative) {
        return root.resolve(relative).toString();
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        container.ifPresent(LocalStackContainer::close);
        network.ifPresent(Network::close);
    }
}
