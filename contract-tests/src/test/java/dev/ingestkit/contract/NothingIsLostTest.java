package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.proof.soak.FaultSchedule;
import dev.ingestkit.proof.soak.SoakPlan;
import dev.ingestkit.proof.soak.SoakReport;
import dev.ingestkit.proof.soak.SoakRun;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The kit's promise: an event answered with 200 ends in the table or in the dead letter queue, whatever fails on the
 * way. Faults of every kind are injected at every stage, a shard is split and merged, function JVMs are killed. The
 * soak program sends more for longer. This test takes longest, so it starts before the others.
 */
@Order(1)
final class NothingIsLostTest {

    private static final int EVENTS = Integer.getInteger("ingest.events", 20_000);
    private static final long SEED = Long.getLong("ingest.seed", 20_261_123L);

    @Test
    void acceptedEventsAreStoredOrDeadLetteredUnderAllFaults() throws InterruptedException {
        LocalRuntimeConfig config = EmbeddedStack.config()
                .withLimits(false)
                .withParameter("ThrottleRate", "10000")
                .withParameter("ThrottleBurst", "5000")
                .withFaults(FaultSchedule.of(SEED, 150));
        SoakPlan plan = new SoakPlan(EVENTS, 96, 16, 0.002, 0.005, SEED);
        try (LocalRuntime runtime = LocalRuntime.start(config);
                SoakRun run = new SoakRun(
                        new AwsClients(EmbeddedStack.target(runtime)),
                        plan,
                        Duration.ofSeconds(60),
                        () -> runtime.journal().counts().getOrDefault(JournalEvent.Kind.FAULT, 0L))) {
            SoakReport report = run.run();

            assertThat(report.nothingLost()).as("seed %d: %s", SEED, report).isTrue();
            assertThat(report.accepted()).isEqualTo(EVENTS);
            assertThat(report.parked()).as("poison with its payload").isPositive();
            assertThat(report.faults()).as("injected faults").isGreaterThan(20);
        }
    }
}
