package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs a failing function beside another endpoint's stream and queue. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttachedOnFailureContractTest implements OnFailureContract {

    private AttachedStack stack;
    private AwsClients clients;
    private FailingPipeline failing;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path template = folder.resolve("failing.yaml");
        try (InputStream text = getClass().getResourceAsStream("/failing.yaml")) {
            Files.copy(Objects.requireNonNull(text, "failing.yaml"), template);
        }
        Files.write(folder.resolve("poison.jar"), FunctionArchive.of(PoisonFunction.class));
        stack = new AttachedStack(EmbeddedStack.config(template), folder.resolve("state"));
        clients = new AwsClients(EmbeddedStack.target(stack.attached()));
        failing = new FailingPipeline(
                clients,
                requireNonNull(stack.attached().outputs().get("StreamName")),
                requireNonNull(stack.attached().outputs().get("QueueUrl")),
                Duration.ofSeconds(60),
                Set.of());
    }

    @AfterAll
    void stop() {
        clients.close();
        stack.close();
    }

    @Override
    public FailingPipeline failing() {
        return failing;
    }

    @Test
    void anEnabledMappingOfTheSameFunctionRefusesTheAttachmentUnlessAllowed(@TempDir Path state) {
        URI enabled = stack.attached().endpoint();

        assertThatThrownBy(() -> LocalRuntime.start(
                        stack.attaching().withAttachTo(enabled).withStateDirectory(state)))
                .isInstanceOfSatisfying(StartException.class, refused -> {
                    assertThat(refused.obstacle()).isEqualTo(StartException.Obstacle.ATTACH);
                    assertThat(refused.hints()).anyMatch(hint -> hint.contains("--no-enabled"));
                    assertThat(refused.hints()).anyMatch(hint -> hint.contains("--attach-beside-mapping"));
                })
                .hasMessageContaining("already delivers");
        LocalRuntime.start(stack.attaching()
                        .withAttachTo(enabled)
                        .withStateDirectory(state)
                        .withAttachBesideMapping(true))
                .close();
    }

    @Test
    void anEndpointWithoutTheStackIsNamedInTheError() {
        assertThatThrownBy(() -> LocalRuntime.start(stack.attaching().withStackName("missing")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void attachingToAwsIsRefused() {
        assertThatThrownBy(() -> LocalRuntime.start(
                        stack.attaching().withAttachTo(URI.create("https://kinesis.eu-west-1.amazonaws.com"))))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("not supported");
    }
}
