package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.LocalRuntime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Runs the contracts on the embedded runtime, for which they know no difference from AWS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedContractTest implements SubmitContract, StorageContract, DeadLetterContract {

    private final LocalRuntime runtime = LocalRuntime.start(EmbeddedStack.config());
    private final Pipeline pipeline = Pipeline.at(EmbeddedStack.target(runtime), Set.of(), Duration.ofSeconds(60));

    @BeforeAll
    void everyResourceOfTheTemplateRuns() {
        assertThat(runtime.warnings()).isEmpty();
    }

    @AfterAll
    void stop() {
        pipeline.close();
        runtime.close();
    }

    @Override
    public Pipeline pipeline() {
        return pipeline;
    }
}
