package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

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
 * Reads the table again and again in a thread of its own, where nothing tells of arrivals: each is known a moment after
 * it happened. The queue is read when the table has it all, since looking into it takes a second.
 */
final class PolledArrivals implements Arrivals {

    private static final int PAUSE_MILLIS = 20;

    private final DemoPlace place;
    private final Clock clock;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> stored = new ConcurrentHashMap<>();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-arrivals");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> reading;
    private long deadLettered;

    PolledArrivals(DemoPlace place, Clock clock) {
        this.place = requireNonNull(place, "place");
        this.clock = requireNonNull(clock, "clock");
        this.reading = reader.scheduleWithFixedDelay(this::read, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void read() {
        for (String id : place.stored(pending)) {
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
    public long settled() {
        return stored.size() + deadLettered;
    }

    @Override
    public boolean await(Predicate<Arrivals> condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.test(this)) {
            if (System.nanoTime() > end || !lookAgain()) {
                return false;
            }
        }
        return true;
    }

    /** False when interrupted. What made the reader fail is thrown here. */
    private boolean lookAgain() {
        try {
            if (pending.isEmpty()) {
                deadLettered = place.deadLetters().stream()
                        .mapToLong(DemoEvidence::events)
                        .sum();
            }
            reading.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the reader of the table has ended");
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
