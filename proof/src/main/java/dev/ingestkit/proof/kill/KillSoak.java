package dev.ingestkit.proof.kill;

import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.proof.soak.SoakPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Kills a runtime with a data directory again and again under load and faults, starts it each time, and checks everything
 * that it has acknowledged. Prints the result; exits with status 1 when anything is missing, wrong, half or back again.
 *
 * <p>Arguments: events (300,000), the longest time between a start and the next kill in milliseconds (10,000), seed (1).
 * Run it in the repository's root after {@code mvn package}.
 */
public final class KillSoak {

    private static final int LINE_SECONDS = 10;
    private static final int MIN_KILLS = 3;
    private static final int KEYS = 1_600;
    private static final int SENDERS = 16;
    private static final double POISON = 0.001;
    private static final double LARGE = 0.005;

    private KillSoak() {}

    /** Runs the program. */
    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a program whose output is its purpose
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300_000;
        long pauseMillis = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        KillRun run = new KillRun(
                Path.of("").toAbsolutePath(),
                Files.createTempDirectory("kill-soak"),
                new KillRun.Plan(
                        new SoakPlan(events, KEYS, SENDERS, POISON, LARGE, seed),
                        MIN_KILLS,
                        pauseMillis,
                        Duration.ofMinutes(5)));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("progress"));
        var unused = clock.scheduleAtFixedRate(
                () -> System.out.println(run.progress()), LINE_SECONDS, LINE_SECONDS, TimeUnit.SECONDS);
        KillReport report = run.run();
        System.out.println(report);
        System.exit(report.nothingLost() ? 0 : 1);
    }
}
