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
 * <p>Arguments: events (300,000), kills at least (200), seed (1), the shortest and the longest time between a start and the
 * next kill in milliseconds (10,000 and 40,000). The events are spread over the kills.
 * Run it in the repository's root after {@code mvn package}.
 */
public final class KillSoak {

    private static final int LINE_SECONDS = 10;
    private static final long START_MILLIS = 8_000;
    private static final int KEYS = 1_600;
    private static final int SENDERS = 16;
    /** Enough for the records of all streams, so that none is dropped before it is accounted for. */
    private static final String HEAP = "3g";

    private static final double POISON = 0.001;
    private static final double LARGE = 0.001;

    private KillSoak() {}

    /** Runs the program. */
    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a program whose output is its purpose
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300_000;
        int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        long minMillis = arguments.length > 3 ? Long.parseLong(arguments[3]) : 10_000;
        long maxMillis = arguments.length > 4 ? Long.parseLong(arguments[4]) : 40_000;
        long millis = kills * (START_MILLIS + (minMillis + maxMillis) / 2);
        int eventsPerSecond = (int) (events * 1_000L / millis + 1);
        KillRun run = new KillRun(
                Path.of("").toAbsolutePath(),
                Files.createTempDirectory("kill-soak"),
                new KillRun.Plan(
                        new SoakPlan(events, KEYS, SENDERS, POISON, LARGE, seed),
                        eventsPerSecond,
                        kills,
                        minMillis,
                        maxMillis,
                        Duration.ofMinutes(5),
                        HEAP));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("progress"));
        var unused = clock.scheduleAtFixedRate(
                () -> System.out.println(run.progress()), LINE_SECONDS, LINE_SECONDS, TimeUnit.SECONDS);
        KillReport report = run.run();
        System.out.println(report);
        System.exit(report.nothingLost() ? 0 : 1);
    }
}
