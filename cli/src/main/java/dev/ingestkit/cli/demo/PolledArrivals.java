package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.DaemonThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Tracks events by polling the table in a thread of its own, for targets without a journal; each arrival is seen a
 * moment late. Reads the queue only when the table has its events, because that takes a second.
 */
final class PolledArrivals implements Arrivals {

    private static final int PAUSE_MILLIS = 20;

    private final DemoPipeline pipeline;
    private final Clock clock;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> stored = new ConcurrentHashMap<>();
    private final ScheduledExecutorService reader =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("demo-arrivals"));
    private final ScheduledFuture<?> reading;
    private long deadLettered;

    PolledArrivals(DemoPipeline pipeline, Clock clock) {
        this.pipeline = requireNonNull(pipeline, "pipeline");
        this.clock = requireNonNull(clock, "clock");
        this.reading = reader.scheduleWithFixedDelay(this::read, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void read() {
        for (String id : pipeline.stored(pending)) {
            stored.put(id, clock.instant());
            pending.remove(id);
        }
    }

    @Override
    public void expect(String id) {
        if (!stored.containsKey(id)) {
            pending.add(id);
        }
    }

    @Override
    public Optional<Instant> storedAt(String id) {
        return Optional.ofNullable(stored.get(id));
    }

    @Override
    public long finished() {
        return stored.size() + deadLettered;
    }

    @Override
    public boolean await(Predicate<Arrivals> condition, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!condition.test(this)) {
            if (System.nanoTime() > end || !poll()) {
                return false;
            }
        }
        return true;
    }

    /** Returns false when interrupted. Throws a failure of the reader. */
    private boolean poll() {
        try {
            if (pending.isEmpty()) {
                deadLettered = pipeline.deadLetters().stream()
                        .mapToLong(DemoEvidence::events)
                        .sum();
            }
            reading.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the reader of the table has stopped");
        } catch (TimeoutException readsOn) {
            return true;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("the table cannot be read", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
