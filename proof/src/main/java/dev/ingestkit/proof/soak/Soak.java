package dev.ingestkit.proof.soak;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.journal.JournalEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Soaks an embedded runtime: the requested number of events, faults at every stage, a function's JVM killed every few
 * seconds, a split and a merge; then checks each event. Prints progress and memory every ten seconds and the result at
 * the end; exits with status 1 when an event is missing, wrong or went backwards.
 *
 * <p>Arguments: events (1,000,000), seed (1). Run it in the repository's root after {@code mvn package}.
 */
public final class Soak {

    private static final int KEYS = 10_000;
    private static final int SENDERS = 16;
    private static final double POISON = 0.001;
    private static final double LARGE = 0.01;
    private static final int CRASH_EVERY = 1_000;
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);
    private static final int LINE_SECONDS = 10;
    private static final Duration KILL_EVERY = Duration.ofSeconds(8);

    private Soak() {}

    /** Runs the program. */
    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a program whose output is its purpose
    public static void main(String[] arguments) throws InterruptedException {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        SoakReport report = run(new SoakPlan(events, KEYS, SENDERS, POISON, LARGE, seed));
        System.out.println(report);
        System.exit(report.nothingLost() ? 0 : 1);
    }

    private static SoakReport run(SoakPlan plan) throws InterruptedException {
        Path root = Path.of("").toAbsolutePath();
        LocalRuntimeConfig config = LocalRuntimeConfig.of(root.resolve("template.yaml"))
                .withPort(0)
                .withLimits(false)
                .withParameter("ThrottleRate", "10000")
                .withParameter("ThrottleBurst", "5000")
                .withFaults(FaultSchedule.of(plan.seed(), CRASH_EVERY));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (LocalRuntime runtime = LocalRuntime.start(config);
                FunctionKiller killer =
                        FunctionKiller.every(KILL_EVERY, () -> count(runtime, JournalEvent.Kind.STORED), plan.seed());
                SoakRun run = new SoakRun(new AwsClients(target(runtime)), plan, MAX_WAIT, () -> faults(runtime))) {
            long began = System.nanoTime();
            ScheduledFuture<?> lines = clock.scheduleAtFixedRate(
                    () -> line(run, runtime, killer, began), 0, LINE_SECONDS, TimeUnit.SECONDS);
            SoakReport report = run.run();
            lines.cancel(false);
            return report;
        } finally {
            clock.shutdownNow();
        }
    }

    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a program whose output is its purpose
    private static void line(SoakRun run, LocalRuntime runtime, FunctionKiller killer, long began) {
        System.out.printf(
                "%5d s  accepted %7d  stored %7d  checked %7d  faults %6d  killed %4d  heap %5d MiB  resident %5d +"
                        + " %4d MiB%n",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                run.accepted(),
                count(runtime, JournalEvent.Kind.STORED),
                run.checked(),
                faults(runtime),
                killer.killed(),
                ProcessMemory.heapMebibytes(),
                ProcessMemory.ownMebibytes(),
                ProcessMemory.functionMebibytes());
    }

    private static long faults(LocalRuntime runtime) {
        return count(runtime, JournalEvent.Kind.FAULT);
    }

    private static long count(LocalRuntime runtime, JournalEvent.Kind kind) {
        return runtime.journal().counts().getOrDefault(kind, 0L);
    }

    private static Target target(LocalRuntime runtime) {
        return new Target(
                Target.Kind.EMBEDDED,
                Optional.of(runtime.endpoint()),
                "us-east-1",
                Optional.empty(),
                LocalRuntimeConfig.DEFAULT_STACK,
                "soak",
                runtime.outputs());
    }
}
