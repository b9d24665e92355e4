package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs a failing function on the embedded runtime, in a stack and template of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedOnFailureContractTest implements OnFailureContract {

    private LocalRuntime runtime;
    private AwsClients clients;
    private FailingPipeline failing;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path template = folder.resolve("failing.yaml");
        try (InputStream text = getClass().getResourceAsStream("/failing.yaml")) {
            Files.copy(Objects.requireNonNull(text, "failing.yaml"), template);
        }
        Files.write(folder.resolve("poison.jar"), FunctionArchive.of(PoisonFunction.class));
        runtime = LocalRuntime.start(EmbeddedStack.config(template));
        clients = new AwsClients(EmbeddedStack.target(runtime));
        failing = new FailingPipeline(
                clients,
                requireNonNull(runtime.outputs().get("StreamName")),
                requireNonNull(runtime.outputs().get("QueueUrl")),
                Duration.ofSeconds(60),
                Set.of());
    }

    @AfterAll
    void stop() {
        clients.close();
        runtime.close();
    }

    @Override
    public FailingPipeline failing() {
        return failing;
    }
}
