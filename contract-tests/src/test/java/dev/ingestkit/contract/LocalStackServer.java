package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A LocalStack with the pipeline deployed: the one at {@code INGEST_ENDPOINT}, where {@code INGEST_STACK} may name a
 * stack other than the hooks', or a container started here from the repository's hooks and template, as Docker Compose
 * does. The caller closes it.
 */
final class LocalStackServer implements AutoCloseable {

    private static final String ENDPOINT = "INGEST_ENDPOINT";
    private static final String STACK = "INGEST_STACK";
    /** A value of the Compose file that an environment variable may replace: {@code ${NAME:-default}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

    private final URI endpoint;
    private final Optional<LocalStackContainer> container;
    private final Optional<Network> network;

    private LocalStackServer(URI endpoint, Optional<LocalStackContainer> container, Optional<Network> network) {
        this.endpoint = endpoint;
        this.container = container;
        this.network = network;
    }

    /** Finds or starts a LocalStack; where neither is possible, the tests are skipped with that reason. */
    static LocalStackServer open() {
        String running = System.getenv(ENDPOINT);
        if (running != null && !running.isBlank()) {
            return new LocalStackServer(URI.create(running), Optional.empty(), Optional.empty());
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new TestAbortedException(
                    "skipped: Docker is not available; start Docker, or name a running LocalStack: " + ENDPOINT
                            + "=http://localhost:4566");
        }
        return start();
    }

    private static LocalStackServer start() {
        Network network = Network.newNetwork();
        LocalStackContainer container = container(network);
        container.start();
        return new LocalStackServer(container.getEndpoint(), Optional.of(container), Optional.of(network));
    }

    /** Follows the Compose file, so that both stay alike. Testcontainers mounts Docker's socket. */
    @SuppressWarnings("resource") // closed by close()
    private static LocalStackContainer container(Network network) {
        Path root = EmbeddedStack.root();
        Map<?, ?> service = service(root.resolve("docker-compose.yml"));
        Map<String, String> environment = new TreeMap<>();
        ((Map<?, ?>) requireNonNull(service.get("environment"), "environment"))
                .forEach((name, value) -> environment.put(String.valueOf(name), substituted(String.valueOf(value))));
        // The container has its own name and network here; LocalStack finds itself by its host name.
        environment.remove("MAIN_CONTAINER_NAME");
        environment.put("LAMBDA_DOCKER_NETWORK", network.getId());
        DockerImageName image = DockerImageName.parse(substituted(String.valueOf(service.get("image"))))
                .asCompatibleSubstituteFor("localstack/localstack");
        return new LocalStackContainer(image)
                .withNetwork(network)
                .withEnv(environment)
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

    private static Map<?, ?> service(Path compose) {
        try {
            Map<?, ?> file =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(compose));
            Map<?, ?> services = (Map<?, ?>) requireNonNull(file.get("services"), "services");
            return (Map<?, ?>) requireNonNull(services.get("localstack"), "localstack");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + compose, unreadable);
        }
    }

    private static String substituted(String value) {
        return VARIABLE.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(Optional.ofNullable(System.getenv(found.group(1)))
                        .filter(set -> !set.isBlank())
                        .orElse(found.group(2))));
    }

    private static String path(Path root, String relative) {
        return root.resolve(relative).toString();
    }

    URI endpoint() {
        return endpoint;
    }

    /** Returns the deployed stack as a target of the tool's clients. */
    Target target() {
        return new Target(
                Target.Kind.LOCALSTACK,
                Optional.of(endpoint),
                "us-east-1",
                Optional.empty(),
                stack(),
                "test",
                Map.of());
    }

    private String stack() {
        String named = System.getenv(STACK);
        return container.isPresent() || named == null || named.isBlank() ? LocalRuntimeConfig.DEFAULT_STACK : named;
    }

    @Override
    public void close() {
        container.ifPresent(LocalStackContainer::close);
        network.ifPresent(Network::close);
    }
}
