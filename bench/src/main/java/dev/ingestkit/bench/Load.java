package dev.ingestkit.bench;

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

/** Clients that send events as fast as they are taken, each waiting for its answer before it sends the next. */
final class Load {

    private final Pipeline pipeline;
    private final String prefix;
    private final int bytes;
    private final AtomicLong accepted = new AtomicLong();
    private final Map<Thread, String> latest = new ConcurrentHashMap<>();

    /**
     * @param prefix of the event ids, so that runs do not meet
     * @param bytes of each event's body
     */
    Load(Pipeline pipeline, String prefix, int bytes) {
        this.pipeline = pipeline;
        this.prefix = prefix;
        this.bytes = bytes;
    }

    /**
     * Sends until the time is over or enough is accepted.
     *
     * @return the seconds that it took
     * @throws IllegalStateException when an event is not taken
     */
    double run(int clients, Duration time, long most) throws Exception {
        long began = System.nanoTime();
        long end = began + time.toNanos();
        AtomicLong next = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                all.add(CompletableFuture.runAsync(() -> send(next, end, most), threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(time.toSeconds() + 60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void send(AtomicLong next, long end, long most) {
        for (long number = next.getAndIncrement();
                number < most && System.nanoTime() < end;
                number = next.getAndIncrement()) {
            String id = prefix + number;
            pipeline.submit(id, event(id, bytes));
            accepted.incrementAndGet();
            latest.put(Thread.currentThread(), id);
        }
    }

    /** An event of several fields, padded to a length. */
    static byte[] event(String id, int bytes) {
        String head = "{\"kind\":\"order.placed\",\"order\":\"%s\",\"amount\":129.95,\"items\":[1,2,3],\"note\":\""
                .formatted(id);
        return (head + "x".repeat(Math.max(0, bytes - head.length() - 2)) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** The last event of each client: with these in the table the others are, or nearly. */
    List<String> latest() {
        return List.copyOf(latest.values());
    }

    long accepted() {
        return accepted.get();
    }
}
