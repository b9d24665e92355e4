package dev.ingestkit.proof.soak;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.proof.soak.SoakPlan.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Sends a plan's events while it splits and merges a shard, and then checks each event. Uses only the target's
 * endpoint. An instance runs once.
 */
public final class SoakRun implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final AwsClients clients;
    private final SoakPlan plan;
    private final Duration maxSilence;
    private final LongSupplier faults;
    private final StackResources outputs;
    private final StoredEvents events;
    private final DeadLetterTally deadLetters;
    private final Sender sender;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final Queue<String> missing = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean gaveUpWaiting;
    private volatile boolean accounted;
    private int eventsPerSecond = Integer.MAX_VALUE;

    /**
     * @param maxSilence an event that has not arrived this long after the last progress is missing
     * @param faults number of faults injected so far
     */
    public SoakRun(AwsClients clients, SoakPlan plan, Duration maxSilence, LongSupplier faults) {
        this.clients = requireNonNull(clients, "clients");
        this.plan = requireNonNull(plan, "plan");
        this.maxSilence = requireNonNull(maxSilence, "maxSilence");
        this.faults = requireNonNull(faults, "faults");
        this.outputs = StackResources.of(clients);
        this.events = new StoredEvents(new EventTable(clients, outputs.tableName()));
        this.deadLetters = new DeadLetterTally(
                new DeadLetterQueue(clients, outputs.queueUrl()), clients.kinesis(), outputs.streamName());
        this.sender = new Sender(
                outputs.submitUrl().orElseThrow(),
                outputs.streamName(),
                Credentials.read(clients, outputs).basic(),
                clients.kinesis());
    }

    /**
     * Limits the rate of the events from the start of the run on. For the thread that runs.
     *
     * @param limit at least 1 event a second
     */
    public void limitTo(int limit) {
        eventsPerSecond = limit;
    }

    /** Returns the number of accepted events. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns the number of checked events. */
    public int checked() {
        return checked.get();
    }

    /** Sends all events, waits, and accounts for each. */
    public SoakReport run() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(plan.senders() + 1, DaemonThreads.numbered("soak"));
        try (OrderWatch watch = new OrderWatch(events, plan)) {
            List<Future<?>> sending = onAll(threads, this::send);
            Future<?> draining = threads.submit(this::drain);
            Resharding resharding = new Resharding(clients.kinesis(), outputs.streamName());
            await(sending, plan.events() / 3);
            resharding.split();
            await(sending, plan.events() / 3 * 2);
            resharding.merge();
            finish(sending);
            awaitPoison();
            finish(onAll(threads, this::check));
            accounted = true;
            finish(List.of(draining));
            for (int index = 0; index < plan.events(); index++) {
                if (plan.kind(index) == Kind.POISON && !deadLetters.hasPoison(index)) {
                    missing.add("poison " + index);
                }
            }
            return report(watch);
        } finally {
            threads.shutdownNow();
        }
    }

    private SoakReport report(OrderWatch watch) {
        return new SoakReport(
                accepted.get(),
                stored.get(),
                deadLetters.poisonCount(),
                deadLetters.givenUpRecords(),
                List.copyOf(missing),
                List.copyOf(wrong),
                List.copyOf(watch.backwards()),
                faults.getAsLong());
    }

    private List<Future<?>> onAll(ExecutorService threads, IntConsumer share) {
        List<Future<?>> running = new ArrayList<>();
        for (int number = 0; number < plan.senders(); number++) {
            int own = number;
            running.add(threads.submit(() -> share.accept(own)));
        }
        return running;
    }

    /** One sender sends all versions of a key: {@code 2 * keys} is a multiple of the number of senders. */
    private void send(int share) {
        long start = System.nanoTime();
        for (int index = share; index < plan.events(); index += plan.senders()) {
            long due = start + TimeUnit.SECONDS.toNanos(index) / eventsPerSecond;
            while (due > System.nanoTime() && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (plan.kind(index) == Kind.POISON) {
                sender.put(plan.id(index), plan.body(index));
            } else {
                sender.post(plan.id(index), plan.body(index));
            }
            accepted.incrementAndGet();
        }
    }

    private void await(List<Future<?>> sending, int count) {
        while (accepted.get() < count && !sending.stream().allMatch(Future::isDone)) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    private static void finish(List<Future<?>> running) throws InterruptedException {
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException("a part of the run failed", failed.getCause());
            }
        }
    }

    /** Drains dead letters as they arrive, as an operator would, while their records can still be read back. */
    private void drain() {
        while (!accounted) {
            if (!deadLetters.takeAll()) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Waits while dead letters keep arriving. */
    private void awaitPoison() {
        int sent = 0;
        for (int index = 0; index < plan.events(); index++) {
            sent += plan.kind(index) == Kind.POISON ? 1 : 0;
        }
        int seen = -1;
        long deadline = System.nanoTime();
        while (seen < sent && (System.nanoTime() < deadline || deadLetters.poisonCount() > seen)) {
            if (deadLetters.poisonCount() > seen) {
                seen = deadLetters.poisonCount();
                deadline = System.nanoTime() + maxSilence.toNanos();
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** Checks the last version of each id. */
    private void check(int share) {
        for (int index = share; index < plan.events(); index += plan.senders()) {
            boolean last = plan.kind(index) == Kind.SINGLE
                    || (plan.kind(index) == Kind.VERSION
                            && plan.version(index) == plan.lastVersion(index / 2 % plan.keys()));
            if (last && !deadLetters.gaveUp(plan.id(index))) {
                checkEvent(index);
            }
            checked.incrementAndGet();
        }
    }

    private void checkEvent(int index) {
        JsonNode expected = StoredEvents.json(plan.body(index));
        long deadline = System.nanoTime() + maxSilence.toNanos();
        Optional<JsonNode> found = events.payload(plan.id(index));
        while (!found.equals(Optional.of(expected)) && !gaveUpWaiting && !deadLetters.gaveUp(plan.id(index))) {
            LockSupport.parkNanos(PAUSE);
            found = events.payload(plan.id(index));
            // After one event did not arrive in time, the run waits for no other.
            gaveUpWaiting |= System.nanoTime() > deadline;
        }
        if (deadLetters.gaveUp(plan.id(index))) {
            return;
        }
        if (found.isEmpty()) {
            missing.add(plan.id(index));
        } else if (found.get().equals(expected)) {
            stored.incrementAndGet();
        } else {
            wrong.add("%s holds version %d, not %d"
                    .formatted(plan.id(index), found.get().path("version").asInt(), plan.version(index)));
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
