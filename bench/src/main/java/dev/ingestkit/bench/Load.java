package dev.ingestkit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that send events at a steady rate or as fast as possible, each waiting for its answer before it sends
 * the next event.
 */
final class Load {

    private static final double AS_FAST_AS_TAKEN = Double.POSITIVE_INFINITY;

    private final Pipeline pipeline;
    private final String prefix;
    private final int bytes;
    private final AtomicLong accepted = new AtomicLong();
    private final Map<Thread, String> latest = new ConcurrentHashMap<>();

    /**
     * @param prefix prefix of the event ids, so that runs do not collide
     * @param bytes size of each event's body
     */
    Load(Pipeline pipeline, String prefix, int bytes) {
        this.pipeline = pipeline;
        this.prefix = prefix;
        this.bytes = bytes;
    }

    /**
     * Sends until the time is over or enough events are accepted.
     *
     * @return the elapsed seconds
     * @throws IllegalStateException when the pipeline rejects an event
     */
    double run(int clients, Duration time, long most) throws Exception {
        return run(clients, time, most, AS_FAST_AS_TAKEN);
    }

    /**
     * Sends at a rate until the time is over or enough events are accepted.
     *
     * @param rate events per second of all clients together; the clients catch up after a pause that others caused
     */
    double run(int clients, Duration time, long most, double rate) throws Exception {
        long began = System.nanoTime();
        long end = began + time.toNanos();
        Schedule schedule = new Schedule(new AtomicLong(), began, end, most, 1e9 / rate);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                all.add(CompletableFuture.runAsync(() -> send(schedule), threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(time.toSeconds() + 60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void send(Schedule schedule) {
        try (EventClient client = pipeline.client()) {
            for (long number = schedule.next(); number >= 0; number = schedule.next()) {
                String id = prefix + number;
                client.submit(id, event(id, bytes));
                accepted.incrementAndGet();
                latest.put(Thread.currentThread(), id);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("a client of the load failed", failed);
        }
    }

    /** Decides which event is next and when it is due. Thread-safe. */
    private record Schedule(AtomicLong numbers, long began, long end, long most, double nanosBetween) {

        /** Waits until the next event is due; returns a negative number when there is none. */
        long next() {
            long number = numbers.getAndIncrement();
            long due = began + (long) (number * nanosBetween);
            if (number >= most || due >= end) {
                return -1;
            }
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return System.nanoTime() < end ? number : -1;
        }
    }

    /** Returns an event with several fields, padded to a length. */
    static byte[] event(String id, int bytes) {
        String head = "{\"kind\":\"order.placed\",\"order\":\"%s\",\"amount\":129.95,\"items\":[1,2,3],\"note\":\""
                .formatted(id);
        return (head + "x".repeat(Math.max(0, bytes - head.length() - 2)) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the last event of each client: once these are stored, nearly all others are. */
    List<String> latest() {
        return List.copyOf(latest.values());
    }

    long accepted() {
        return accepted.get();
    }
}
