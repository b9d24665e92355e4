package dev.ingestkit.contract;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs the contracts on LocalStack. For known differences from AWS they assert LocalStack's behavior, so that a changed
 * version is noticed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LocalStackContractIT implements SubmitContract, StorageContract, DeadLetterContract, OnFailureContract {

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    private static final Set<Difference> DIFFERENCES = EnumSet.allOf(Difference.class);

    private LocalStackServer server;
    private Pipeline pipeline;
    private FailingStack failing;

    @BeforeAll
    void open() throws IOException {
        server = LocalStackServer.open();
        Target target = server.target();
        pipeline = Pipeline.at(target, DIFFERENCES, MAX_WAIT);
        failing = FailingStack.create(new AwsClients(target), MAX_WAIT, DIFFERENCES);
    }

    @AfterAll
    void close() {
        if (failing != null) {
            failing.close();
        }
        if (pipeline != null) {
            pipeline.deleteWhatWasStored();
            pipeline.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    public Pipeline pipeline() {
        return pipeline;
    }

    @Override
    public FailingPipeline failing() {
        return failing.pipeline();
    }
}
