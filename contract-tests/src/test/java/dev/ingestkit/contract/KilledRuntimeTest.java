package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.proof.kill.KillReport;
import dev.ingestkit.proof.kill.KillRun;
import dev.ingestkit.proof.soak.SoakPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of a data directory: whatever was acknowledged before a kill is there after the next start, and all of it is
 * one cut. The program {@code KillSoak} sends more for longer.
 */
@Order(2)
final class KilledRuntimeTest {

    private static final int EVENTS = Integer.getInteger("ingest.kill.events", 200);
    private static final int KILLS = Integer.getInteger("ingest.kills", 2);
    private static final long SEED = Long.getLong("ingest.seed", 20_261_128L);

    @TempDir
    Path directory;

    @Test
    void acknowledgedChangesSurviveKillsUnderLoadAndFaults() throws IOException, InterruptedException {
        EmbeddedStack.config();
        KillReport report = new KillRun(
                        EmbeddedStack.root(),
                        directory,
                        new KillRun.Plan(
                                new SoakPlan(EVENTS, 16, 8, 0.01, 0.01, SEED),
                                1_000,
                                KILLS,
                                400,
                                1_500,
                                Duration.ofSeconds(60),
                                "768m"))
                .run();

        assertThat(report.nothingLost()).as("seed %d: %s", SEED, report).isTrue();
        assertThat(report.soak().accepted()).isEqualTo(EVENTS);
        assertThat(report.kills()).isGreaterThanOrEqualTo(KILLS);
    }
}
