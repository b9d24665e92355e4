package dev.ingestkit.proof.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads keys at random while the run goes on: the version under a key may rise, it must never fall. */
final class OrderWatch implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final StoredEvents events;
    private final SoakPlan plan;
    private final int[] seen;
    private final Set<String> backwards = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean ended;

    OrderWatch(StoredEvents events, SoakPlan plan) {
        this.events = events;
        this.plan = plan;
        this.seen = new int[plan.keys()];
        this.thread = new Thread(this::watch, "order-watch");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    private void watch() {
        SplittableRandom random = new SplittableRandom(plan.seed());
        while (!ended) {
            // A few keys are read often rather than all of them once.
            int key = random.nextInt(Math.min(50, plan.keys()));
            String id = plan.key(key);
            Optional<JsonNode> payload = events.payload(id);
            payload.ifPresent(json -> look(id, key, json.path("version").asInt()));
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void look(String id, int key, int version) {
        if (version < seen[key]) {
            backwards.add("%s went from version %d back to %d".formatted(id, seen[key], version));
        }
        seen[key] = version;
    }

    Set<String> backwards() {
        return Set.copyOf(backwards);
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
