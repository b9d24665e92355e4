package dev.ingestkit.proof.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.DaemonThreads;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads keys at random during the run: the version of a key may rise and must never fall. */
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
        this.thread = DaemonThreads.start("order-watch", this::watch);
    }

    private void watch() {
        SplittableRandom random = new SplittableRandom(plan.seed());
        while (!ended) {
            // A few keys are read often instead of all keys once.
            int key = random.nextInt(Math.min(50, plan.keys()));
            String id = plan.key(key);
            Optional<JsonNode> payload = events.payload(id);
            payload.ifPresent(json -> check(id, key, json.path("version").asInt()));
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void check(String id, int key, int version) {
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
