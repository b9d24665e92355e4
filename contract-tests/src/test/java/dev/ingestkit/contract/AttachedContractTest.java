package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs the contracts on a runtime that works on another endpoint's data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttachedContractTest implements SubmitContract, StorageContract, DeadLetterContract {

    private AttachedStack stack;
    private Pipeline pipeline;

    @BeforeAll
    void start(@TempDir Path state) {
        stack = new AttachedStack(EmbeddedStack.config(), state);
        pipeline = Pipeline.at(EmbeddedStack.target(stack.attached()), Set.of(), Duration.ofSeconds(60));
    }

    @AfterAll
    void stop() {
        pipeline.close();
        stack.close();
    }

    @Override
    public Pipeline pipeline() {
        return pipeline;
    }

    @Test
    void dataStaysAtTheOtherEndpointAndTheApiIsLocal() {
        assertThat(stack.attached().outputs())
                .containsEntry("TableName", stack.data().outputs().get("TableName"))
                .containsEntry("SecretArn", stack.data().outputs().get("SecretArn"))
                .containsEntry("DeadLetterQueueUrl", stack.data().outputs().get("DeadLetterQueueUrl"));
        assertThat(stack.attached().outputs().get("SubmitUrl"))
                .startsWith(stack.attached().endpoint().toString());
    }

    @Test
    void twoAttachedRuntimesCannotShareCheckpoints() {
        assertThatThrownBy(() -> LocalRuntime.start(stack.attaching()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("another runtime is attached");
    }
}
