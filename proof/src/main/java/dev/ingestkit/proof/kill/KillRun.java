package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.proof.soak.FaultSchedule;
import dev.ingestkit.proof.soak.SoakPlan;
import dev.ingestkit.proof.soak.SoakReport;
import dev.ingestkit.proof.soak.SoakRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends a plan's events to a runtime with a data directory, and changes queues, tables, secrets and streams beside
 * them, while the runtime is killed and restarted; then checks everything that was acknowledged. An instance runs
 * once.
 */
public final class KillRun {

    /** A duplicated call answers once for two effects, so the ledgers could not tell it from a lost one. */
    private static final String LEFT_OUT = "sqs:duplicate";
    /** Changed templates are in another directory, whose name must not become the stack's. */
    private static final String STACK = "ingest-kit";
    /** The queues in which faults are injected: not those that other services deliver to, which do not retry. */
    private static final List<String> FAULTY_QUEUES = List.of(STACK + "-*", QueueLedger.NAME);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path root;
    private final Path directory;
    private final Plan plan;
    private final AtomicInteger kills = new AtomicInteger();
    private volatile @Nullable SoakRun soak;
    private long longestStart;

    /**
     * The events and limits of a run.
     *
     * @param events the pipeline's events
     * @param eventsPerSecond the rate at which events are sent; what a stopped runtime delays is sent at once later
     * @param minKills the runtime is killed this often at least, and until all events are accepted
     * @param minMillis the shortest time that a runtime works before it is killed
     * @param maxMillis the longest
     * @param maxSilence an event that has not arrived this long after the last progress is missing
     * @param heap the size of the runtime's heap, as {@code -Xmx} takes it; beyond a quarter of it streams drop their
     *     oldest records, which counts as a loss here
     */
    public record Plan(
            SoakPlan events,
            int eventsPerSecond,
            int minKills,
            long minMillis,
            long maxMillis,
            Duration maxSilence,
            String heap) {}

    /**
     * @param root the kit's directory with template and archives
     * @param directory an empty directory for data and logs
     */
    public KillRun(Path root, Path directory, Plan plan) {
        this.root = requireNonNull(root, "root");
        this.directory = requireNonNull(directory, "directory");
        this.plan = requireNonNull(plan, "plan");
    }

    /** Returns one line about the progress so far. */
    public String progress() {
        SoakRun running = soak;
        return running == null
                ? "starting"
                : "accepted %d, checked %d, kills %d".formatted(running.accepted(), running.checked(), kills.get());
    }

    /** Runs, and accounts for everything. */
    public KillReport run() throws IOException, InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.numbered("kill-ledger"));
        try (RuntimeProcess runtime = new RuntimeProcess(settings())) {
            start(runtime);
            try (AwsClients clients = new AwsClients(target(runtime))) {
                return run(runtime, clients, threads);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private KillReport run(RuntimeProcess runtime, AwsClients clients, ExecutorService threads)
            throws IOException, InterruptedException {
        List<Ledger> ledgers = ledgers(runtime, clients);
        try (SoakRun pipeline =
                new SoakRun(new AwsClients(target(runtime)), plan.events(), plan.maxSilence(), kills::get)) {
            pipeline.limitTo(plan.eventsPerSecond());
            soak = pipeline;
            Future<SoakReport> events = threads.submit((Callable<SoakReport>) pipeline::run);
            List<Future<?>> running = new ArrayList<>();
            for (Ledger ledger : ledgers) {
                running.add(threads.submit(() -> keep(ledger, events)));
            }
            killUntilAccepted(runtime, pipeline, events);
            finished(events);
            for (Future<?> each : running) {
                finished(each);
            }
            runtime.kill();
            start(runtime);
            List<String> broken = close(ledgers, threads);
            return new KillReport(
                    finished(events),
                    kills.get(),
                    ledgers.toString(),
                    broken,
                    longestStart,
                    size(directory.resolve("data")));
        }
    }

    /** Compares all ledgers at once, since each waits for messages of its own; returns the differences. */
    private static List<String> close(List<Ledger> ledgers, ExecutorService threads) throws InterruptedException {
        List<String> broken = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> closing = new ArrayList<>();
        for (Ledger ledger : ledgers) {
            closing.add(threads.submit(() -> ledger.close(broken)));
        }
        for (Future<?> each : closing) {
            finished(each);
        }
        return broken;
    }

    private static List<Ledger> ledgers(RuntimeProcess runtime, AwsClients clients) {
        LocalCalls calls = new LocalCalls(endpoint(runtime));
        return List.of(
                new QueueLedger(clients.sqs()),
                new TransactionLedger(clients.dynamoDb()),
                new SecretLedger(clients.secrets()),
                new StreamLedger(clients.kinesis()),
                new TopicLedger(calls, clients.sqs()),
                new BusLedger(calls, clients.sqs()),
                new MoveLedger(calls, clients.sqs()),
                new MappingLedger(calls, clients.kinesis(), STACK + "-Writer"),
                new ClockLedger(calls));
    }

    /** Changes a service's data until the events are accounted for. */
    private static void keep(Ledger ledger, Future<?> until) {
        while (!until.isDone() && !Thread.currentThread().isInterrupted()) {
            try {
                ledger.step();
            } catch (SdkException unanswered) {
                // The change may have been made or not; the ledger does not count it as acknowledged.
                LockSupport.parkNanos(PAUSE);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void killUntilAccepted(RuntimeProcess runtime, SoakRun pipeline, Future<?> events)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(plan.events().seed());
        boolean sending = true;
        while ((sending || kills.get() < plan.minKills())
                && !isDone(events, random.nextLong(plan.minMillis(), plan.maxMillis()))) {
            sending = pipeline.accepted() < plan.events().events();
            runtime.kill();
            kills.incrementAndGet();
            start(runtime);
        }
    }

    private static boolean isDone(Future<?> events, long withinMillis) throws InterruptedException {
        try {
            events.get(withinMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the events cannot be accounted for", failed.getCause());
        }
    }

    private static <T> T finished(Future<T> running) throws InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a part of the run failed", failed.getCause());
        }
    }

    private void start(RuntimeProcess runtime) throws IOException {
        long began = System.nanoTime();
        runtime.start();
        longestStart = Math.max(longestStart, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private RuntimeProcess.Settings settings() throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--stack",
                STACK,
                "--no-limits",
                "--parameter",
                "ThrottleRate=10000",
                "--parameter",
                "ThrottleBurst=5000",
                "--parameter",
                "JavaRuntime=java17"));
        for (String fault : FaultSchedule.of(plan.events().seed(), 500)) {
            if (fault.startsWith("sqs:")) {
                FAULTY_QUEUES.forEach(queue -> addFault(options, fault + ",match=" + queue));
            } else {
                addFault(options, fault);
            }
        }
        Path state = Files.createDirectories(directory.resolve("state"));
        return new RuntimeProcess.Settings(
                root, directory.resolve("data"), state, plan.heap(), options, TemplateVariants.of(root, directory));
    }

    private static void addFault(List<String> options, String fault) {
        if (!fault.startsWith(LEFT_OUT)) {
            options.add("--fault");
            options.add(fault);
        }
    }

    private static URI endpoint(RuntimeProcess runtime) {
        return URI.create("http://localhost:" + runtime.port());
    }

    private static Target target(RuntimeProcess runtime) {
        return new Target(
                Target.Kind.EMBEDDED,
                Optional.of(endpoint(runtime)),
                "us-east-1",
                Optional.empty(),
                STACK,
                "kill",
                Map.of());
    }

    private static long size(Path data) {
        try (Stream<Path> files = Files.list(data)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("'%s' cannot be listed".formatted(data), unreadable);
        }
    }
}
