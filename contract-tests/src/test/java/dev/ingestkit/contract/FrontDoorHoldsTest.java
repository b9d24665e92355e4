package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.proof.attack.Door;
import dev.ingestkit.proof.attack.FuzzRun;
import dev.ingestkit.proof.attack.Holdings;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Sends hostile input of every kind to the port of a running stack: each request gets a clear status or a closed
 * connection, other clients are served meanwhile, and no resource is held afterwards. The program FrontDoorFuzz sends
 * more of it for longer.
 */
final class FrontDoorHoldsTest {

    private static final long ROUNDS = Long.getLong("ingest.rounds", 60);
    private static final long SEED = Long.getLong("ingest.seed", 20_261_125L);
    private static final int THREADS = 4;

    @Test
    void hostileInputGetsAClearAnswerAndLeaksNothing() throws InterruptedException {
        try (LocalRuntime runtime = LocalRuntime.start(EmbeddedStack.config())) {
            Door door = door(runtime);
            // Resources that the first requests allocate are not a leak.
            new FuzzRun(door, SEED - 1, THREADS).run(20, () -> true);
            Holdings before = Holdings.now();

            FuzzRun.Report report = new FuzzRun(door, SEED, THREADS).run(ROUNDS, () -> true);

            assertThat(report.findings()).as("seed %d", SEED).isEmpty();
            assertThat(report.total()).isEqualTo(ROUNDS * THREADS);
            Awaitility.await("the resources are released: before " + before)
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(Holdings.now()).matches(now -> now.noMoreThan(before)));
        }
    }

    private static Door door(LocalRuntime runtime) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            StackResources outputs = StackResources.of(clients);
            return Door.of(
                    outputs.submitUrl().orElseThrow(),
                    outputs.streamName(),
                    Credentials.read(clients, outputs).basic());
        }
    }
}
