package dev.ingestkit.proof.attack;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.proof.attack.FuzzRun.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends hostile input to an embedded runtime's port, then checks that the process holds no more threads, connections
 * and buffers than before. Prints the number of attacks by kind, and each finding with the input that caused it; exits
 * with status 1 when there is a finding.
 *
 * <p>Arguments: {@code --seconds N} (60), {@code --seed N} (1). Run it in the repository's root after
 * {@code mvn package}.
 */
public final class FrontDoorFuzz {

    private static final int THREADS = 4;
    private static final Duration SETTLING = Duration.ofSeconds(40);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private FrontDoorFuzz() {}

    /** Runs the program. */
    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a program whose output is its purpose
    public static void main(String[] arguments) throws InterruptedException {
        long seconds = option(arguments, "--seconds", 60);
        long seed = option(arguments, "--seed", 1);
        Path root = Path.of("").toAbsolutePath();
        LocalRuntimeConfig config =
                LocalRuntimeConfig.of(root.resolve("template.yaml")).withPort(0);
        boolean good;
        try (LocalRuntime runtime = LocalRuntime.start(config)) {
            Door door = door(runtime);
            // The first attacks warm the server up; only growth beyond that counts as a leak.
            new FuzzRun(door, seed - 1, THREADS).run(200, () -> true);
            Holdings before = Holdings.now();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            Report report = new FuzzRun(door, seed, THREADS).run(Long.MAX_VALUE, () -> System.nanoTime() < end);
            Holdings after = settled(before);
            report.findings().forEach(System.out::println);
            System.out.printf("seed %d, %d attacks in %d s: %s%n", seed, report.total(), seconds, report.attacks());
            System.out.printf("before %s%nafter  %s%n", before, after);
            good = report.findings().isEmpty() && after.noMoreThan(before);
        }
        System.exit(good ? 0 : 1);
    }

    private static Door door(LocalRuntime runtime) {
        try (AwsClients clients = new AwsClients(target(runtime))) {
            StackResources outputs = StackResources.of(clients);
            return Door.of(
                    outputs.submitUrl().orElseThrow(),
                    outputs.streamName(),
                    Credentials.read(clients, outputs).basic());
        }
    }

    /** Waits until the server has released its resources, at most for as long as it waits for a silent client. */
    private static Holdings settled(Holdings before) {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        Holdings now = Holdings.now();
        while (!now.noMoreThan(before) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE);
            now = Holdings.now();
        }
        return now;
    }

    private static long option(String[] arguments, String name, long otherwise) {
        int at = List.of(arguments).indexOf(name);
        return at < 0 ? otherwise : Long.parseLong(arguments[at + 1]);
    }

    private static Target target(LocalRuntime runtime) {
        return new Target(
                Target.Kind.EMBEDDED,
                Optional.of(runtime.endpoint()),
                "us-east-1",
                Optional.empty(),
                LocalRuntimeConfig.DEFAULT_STACK,
                "fuzz",
                runtime.outputs());
    }
}
