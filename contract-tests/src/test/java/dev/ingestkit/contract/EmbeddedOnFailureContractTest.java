package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.testkit.IngestPipeline;
import dev.ingestkit.testkit.IngestTest;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Runs a failing function on the embedded runtime, in a stack and template of its own. */
@IngestTest(template = "src/test/resources/failing.yaml")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedOnFailureContractTest implements OnFailureContract {

    private final AwsClients clients;
    private final FailingPipeline failing;

    EmbeddedOnFailureContractTest(IngestPipeline pipeline) {
        clients = new AwsClients(EmbeddedStack.target(pipeline.endpoint(), "test", pipeline.outputs()));
        failing = new FailingPipeline(
                clients,
                requireNonNull(pipeline.outputs().get("StreamName")),
                requireNonNull(pipeline.outputs().get("QueueUrl")),
                Duration.ofSeconds(60),
                Set.of());
    }

    @AfterAll
    void stop() {
        clients.close();
    }

    @Override
    public FailingPipeline failing() {
        return failing;
    }
}
