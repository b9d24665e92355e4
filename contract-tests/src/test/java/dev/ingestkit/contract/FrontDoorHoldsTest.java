package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.bench.fuzz.Door;
import dev.ingestkit.bench.fuzz.FuzzRun;
import dev.ingestkit.bench.fuzz.Holdings;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.local.LocalRuntime;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Hostile input of every kind at the port of a whole runtime: each request gets a clear status or the end of its
 * connection, others are served meanwhile, and nothing is held afterwards. The program FrontDoorFuzz sends more of the
 * same for longer.
 */
final class FrontDoorHoldsTest {

    private static final long STRIKES = Long.getLong("ingest.strikes", 60);
    private static final long SEED = Long.getLong("ingest.seed", 20_261_125L);
    private static final int THREADS = 4;

    @Test
    void hostileInputGetsAClearAnswerAndLeavesNothingBehind() throws InterruptedException {
        try (LocalRuntime runtime = LocalRuntime.start(EmbeddedStack.config())) {
            Door door = door(runtime);
            // What a server makes ready at its first requests is no leak.
            new FuzzRun(door, SEED - 1, THREADS).run(20, () -> true);
            Holdings before = Holdings.now();

            FuzzRun.Report report = new FuzzRun(door, SEED, THREADS).run(STRIKES, () -> true);

            assertThat(report.findings()).as("seed %d", SEED).isEmpty();
            assertThat(report.total()).isEqualTo(STRIKES * THREADS);
            Awaitility.await("what was held is let go: before " + before)
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(Holdings.now()).matches(now -> now.noMoreThan(before)));
        }
    }

    private static Door door(LocalRuntime runtime) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            StackOutputs outputs = StackOutputs.of(clients);
            return Door.of(
                    outputs.submitUrl(),
                    outputs.streamName(),
                    Credentials.read(clients, outputs).basic());
        }
    }
}
