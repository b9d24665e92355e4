package dev.ingestkit.contract;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/**
 * Runs the contracts on a runtime attached to LocalStack: stream, table, queue and secret are LocalStack's; gateway,
 * mapping and functions are the runtime's. LocalStack's own mapping is disabled meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LocalStackAttachedContractIT implements SubmitContract, StorageContract, DeadLetterContract {

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private LocalStackServer server;
    private AwsClients localStack;
    private LocalRuntime runtime;
    private Pipeline pipeline;
    private List<String> disabled = List.of();

    @BeforeAll
    void attach(@TempDir Path state) {
        server = LocalStackServer.open();
        localStack = new AwsClients(server.target());
        disabled = localStack.lambda().listEventSourceMappings().eventSourceMappings().stream()
                .map(EventSourceMappingConfiguration::uuid)
                .toList();
        enable(false);
        runtime = LocalRuntime.start(
                EmbeddedStack.config().withAttachTo(server.endpoint()).withStateDirectory(state));
        pipeline = Pipeline.at(
                EmbeddedStack.target(runtime), Set.of(Difference.TOO_LARGE_IS_AN_INVALID_REQUEST), MAX_WAIT);
    }

    private void enable(boolean enabled) {
        LambdaClient lambda = localStack.lambda();
        String wanted = enabled ? "Enabled" : "Disabled";
        for (String mapping : disabled) {
            lambda.updateEventSourceMapping(request -> request.uuid(mapping).enabled(enabled));
            Awaitility.await("mapping " + mapping + " is " + wanted)
                    .atMost(MAX_WAIT)
                    .until(() -> wanted.equals(lambda.getEventSourceMapping(request -> request.uuid(mapping))
                            .state()));
        }
    }

    @AfterAll
    void detach() {
        if (pipeline != null) {
            pipeline.close();
        }
        if (runtime != null) {
            runtime.close();
        }
        if (localStack != null) {
            enable(true);
            localStack.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    public Pipeline pipeline() {
        return pipeline;
    }
}
